import { describe, expect, it } from 'vitest'
import { isForbiddenRequestHeader } from './forbidden-request-header.ts'

describe('forbidden request-header', () => {
  it.each([
    ['Cookie', 'a=1'],
    ['HOST', 'x'],
    ['Set-Cookie', 'a'],
    ['Sec-Anything', ''],
    ['Proxy-', ''],
    ['X-HTTP-Method', 'connect'],
    ['X-HTTP-Method-Override', 'GET, track'],
    ['x-method-override', ' TRACE '],
  ])('%s: %s is one', (name, value) => expect(isForbiddenRequestHeader(name, value)).toBe(true))

  it.each([
    ['User-Agent', 'x'],
    ['Proxy', 'x'],
    ['Secure', 'x'],
    ['X-HTTP-Method-Override', 'PUT'],
    ['X-HTTP-Method-Override', '"TRACE, x"'],
    ['X-Method', 'TRACE'],
  ])('%s: %s is none', (name, value) => expect(isForbiddenRequestHeader(name, value)).toBe(false))
})
