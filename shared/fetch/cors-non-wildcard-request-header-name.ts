import { byteCaseInsensitiveMatch } from './header-list.ts'

/** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name: `*` never allows it. */
export const isCORSNonWildcardRequestHeaderName = (name: string): boolean => byteCaseInsensitiveMatch(name, 'Authorization')
