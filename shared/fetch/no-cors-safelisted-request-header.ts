import { byteLowercase } from './header-list.ts'
import { isCORSSafelistedRequestHeader } from './cors-safelisted-request-header.ts'

const names = new Set(['accept', 'accept-language', 'content-language', 'content-type'])

/** https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name */
export const isNoCORSSafelistedRequestHeaderName = (name: string): boolean => names.has(byteLowercase(name))

/** https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header */
export function isNoCORSSafelistedRequestHeader(name: string, value: string): boolean {
  // 1. If name is not a no-CORS-safelisted request-header name, then return false.
  if (!isNoCORSSafelistedRequestHeaderName(name)) return false

  // 2. Return whether (name, value) is a CORS-safelisted request-header.
  return isCORSSafelistedRequestHeader(name, value)
}
