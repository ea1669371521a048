import { describe, expect, it } from 'vitest'
import { code, listed, plain, proseParts } from './prose.ts'

describe('prose', () => {
  it('sets what stands between backticks in the code face', () =>
    expect(proseParts('`PUT` is not in `A`.')).toEqual([
      { text: 'PUT', isCode: true },
      { text: ' is not in ', isCode: false },
      { text: 'A', isCode: true },
      { text: '.', isCode: false },
    ]))

  it('takes a backtick without a partner for a letter', () => expect(plain('a ` b')).toBe('a ` b'))

  it('speaks without backticks', () => expect(plain('asks for `x-a`')).toBe('asks for x-a'))

  it('joins names as a sentence does', () =>
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', '`a`', '`a`, `b` and `c`']))

  it('says that an empty value is empty', () => expect(code('')).toBe('the empty string'))
})
