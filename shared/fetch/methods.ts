import { byteUppercase } from './header-list.ts'
import { isToken } from './tokens.ts'

/** https://fetch.spec.whatwg.org/#concept-method */
export const isMethod = isToken

/** https://fetch.spec.whatwg.org/#cors-safelisted-method; case-sensitive: `get` is normalized before it gets here. */
export const isCORSSafelistedMethod = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'POST'

/** https://fetch.spec.whatwg.org/#forbidden-method */
export function isForbiddenMethod(method: string): boolean {
  const upper = byteUppercase(method)
  return upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK'
}

const normalized = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'])

/** https://fetch.spec.whatwg.org/#concept-method-normalize; `patch` stays as it is. */
export function normalizeAMethod(method: string): string {
  const upper = byteUppercase(method)
  return normalized.has(upper) ? upper : method
}
