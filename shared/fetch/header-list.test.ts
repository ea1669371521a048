import { describe, expect, it } from 'vitest'
import { byteCaseInsensitiveMatch, byteLowercase, byteUppercase, contains, get } from './header-list.ts'

describe('byte-lowercase', () => {
  it.each([
    ['Content-TYPE', 'content-type'],
    ['x-a', 'x-a'],
    ['', ''],
    ['\u00c9A', '\u00c9a'],
    ['A\u212a', 'a\u212a'],
  ])('makes %s into %s', (bytes, lower) => expect(byteLowercase(bytes)).toBe(lower))
  it('has a counterpart that leaves ß as it is', () => expect(byteUppercase('ßa')).toBe('ßA'))
})

describe('byte-case-insensitive match', () => {
  it('folds ASCII letters only', () => {
    expect(byteCaseInsensitiveMatch('X-A', 'x-a')).toBe(true)
    expect(byteCaseInsensitiveMatch('É', 'é')).toBe(false)
    expect(byteCaseInsensitiveMatch('[', '{')).toBe(false)
    expect(byteCaseInsensitiveMatch('x', 'xy')).toBe(false)
  })
})

describe('a header list', () => {
  const list = [
    ['A', '1'],
    ['b', '2'],
    ['a', ''],
  ] as const
  it('joins the values of one name with a comma and a space', () => expect(get(list, 'a')).toBe('1, '))
  it('tells an empty value from none', () => {
    expect(get([['c', '']], 'C')).toBe('')
    expect(get(list, 'c')).toBeNull()
  })
  it('contains a name in any case', () => expect(contains(list, 'B')).toBe(true))
})
