import { describe, expect, it } from 'vitest'
import { extractHeaderListValues, firstInvalidMember } from './extract-header-list-values.ts'
import type { HeaderList } from './header-list.ts'

const methods = (...values: string[]): HeaderList => values.map((value) => ['access-control-allow-METHODS', value])
const extract = (list: HeaderList) => extractHeaderListValues('Access-Control-Allow-Methods', list)

describe('extract header list values', () => {
  it('returns null without the header', () => expect(extract([['X', 'a']])).toBeNull())
  it('returns an empty list for an empty value', () => expect(extract(methods(''))).toEqual([]))
  it('takes the values of all headers of that name, in order', () =>
    expect(extract(methods('GET', 'PUT,DELETE'))).toEqual(['GET', 'PUT', 'DELETE']))
  it('passes over empty members and whitespace', () => expect(extract(methods(' GET ,, \tPUT,'))).toEqual(['GET', 'PUT']))
  it.each(['GET PUT', '"GET"', 'GET;PUT', 'b@d', 'GET\u00a0'])('fails for %s, which is no list of tokens', (value) =>
    expect(extract(methods(value))).toBe('failure'),
  )
  it('fails as a whole for one bad member', () => expect(extract(methods('GET', 'a b'))).toBe('failure'))
  it('names the bad member', () => expect(firstInvalidMember('Access-Control-Allow-Methods', methods('GET, a b, "'))).toBe('a b'))

  it('reads Access-Control-Max-Age as one number', () => {
    const maxAge = (...values: string[]) =>
      extractHeaderListValues(
        'Access-Control-Max-Age',
        values.map((value) => ['Access-Control-Max-Age', value] as const),
      )
    expect(maxAge('600')).toEqual(['600'])
    expect(maxAge('-1')).toBe('failure')
    expect(maxAge('1.5')).toBe('failure')
    expect(maxAge('600', '600')).toBe('failure')
  })
})
