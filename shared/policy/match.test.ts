import { describe, expect, it } from 'vitest'
import { firstMatch, pathMatches, pathOf, readPathPattern } from './match.ts'

describe('a path pattern', () => {
  it.each([
    ['/', '/', true],
    ['/items', '/items', true],
    ['/items', '/items/', false],
    ['/items', '/Items', false],
    ['/items/', '/items/', true],
    ['/items/:id', '/items/7', true],
    ['/items/:id', '/items/%2F%20', true],
    ['/items/:id', '/items/', false],
    ['/items/:id', '/items/7/8', false],
    ['/items/:id/parts/:part', '/items/7/parts/a', true],
    ['/items/:', '/items/7', false],
    ['/items/:', '/items/:', true],
    ['/files/*', '/files/a/b', true],
    ['/files/*', '/files/', true],
    ['/files/*', '/files', true],
    ['/files/*', '/filesystem', false],
    ['/:any/*', '/a/b/c', true],
    ['/*', '/', true],
    ['*', '/anything/at/all', true],
    ['/a.c', '/abc', false],
    ['/(a+)+$', '/aaaa', false],
    ['', '/', false],
  ])('%s and the path %s: %s', (pattern, path, expected) => {
    expect(pathMatches(readPathPattern(pattern), path)).toBe(expected)
  })

  it('takes no longer for a hostile pattern and path', () => {
    const pattern = readPathPattern(`/${':a/'.repeat(5000)}*`)
    expect(pathMatches(pattern, `/${'a/'.repeat(4999)}`)).toBe(false)
  })
})

describe('the path of a request target', () => {
  it.each([
    ['/a?b=/c', '/a'],
    ['http://api.example.com/a?b', '/a'],
    ['HTTP://api.example.com?b', '/'],
    ['*', '*'],
    ['?', '/'],
    ['//evil/a', '//evil/a'],
  ])('%s: %s', (target, path) => expect(pathOf(target)).toBe(path))
})

describe('firstMatch', () => {
  const routes = [
    { name: 'one', method: 'GET', pattern: readPathPattern('/items/:id') },
    { name: 'new', method: 'GET', pattern: readPathPattern('/items/new') },
    { name: 'any', method: '*', pattern: readPathPattern('/items/*') },
  ]

  it('takes the first route that matches, not the best', () => expect(firstMatch(routes, 'GET', '/items/new')?.name).toBe('one'))
  it('compares methods letter by letter', () => expect(firstMatch(routes, 'get', '/items/7')?.name).toBe('any'))
  it('finds none where none matches', () => expect(firstMatch(routes, 'GET', '/orders')).toBeNull())
})
