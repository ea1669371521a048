import { byteLowercase } from './header-list.ts'

/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
export function isForbiddenResponseHeaderName(name: string): boolean {
  const lower = byteLowercase(name)
  return lower === 'set-cookie' || lower === 'set-cookie2'
}

const safelisted = new Set(['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma'])

/**
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 * @param list header names in lower case
 */
export function isCORSSafelistedResponseHeaderName(name: string, list: ReadonlySet<string>): boolean {
  const lower = byteLowercase(name)
  return safelisted.has(lower) || (list.has(lower) && !isForbiddenResponseHeaderName(lower))
}
