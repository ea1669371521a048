import { describe, expect, it } from 'vitest'
import { isCORSSafelistedMethod, isForbiddenMethod, isMethod, normalizeAMethod } from './methods.ts'

describe('methods', () => {
  it.each(['GET', 'HEAD', 'POST'])('%s is CORS-safelisted', (method) => expect(isCORSSafelistedMethod(method)).toBe(true))
  it.each(['get', 'PUT', 'OPTIONS', 'QUERY', ''])('"%s" is not CORS-safelisted', (method) =>
    expect(isCORSSafelistedMethod(method)).toBe(false),
  )
  it.each(['CONNECT', 'trace', 'Track'])('%s is forbidden, in any case', (method) => expect(isForbiddenMethod(method)).toBe(true))
  it('normalizes six methods and leaves patch as it is', () => {
    expect(['delete', 'Get', 'hEAD', 'options', 'post', 'put', 'patch', 'Query'].map(normalizeAMethod)).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'POST',
      'PUT',
      'patch',
      'Query',
    ])
  })
  it.each(['', 'a b', 'GETé', 'GET ', '(x)'])('"%s" is no method', (method) => expect(isMethod(method)).toBe(false))
})
