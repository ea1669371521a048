/** Bytes of https://httpwg.org/specs/rfc9110.html#tokens */
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

export const isToken = (value: string): boolean => tokenPattern.test(value)

/** https://fetch.spec.whatwg.org/#header-name */
export const isHeaderName = isToken

const edgePattern = /^[\t\n\r ]+|[\t\n\r ]+$/g

/** https://fetch.spec.whatwg.org/#concept-header-value-normalize: without HTTP whitespace at either end. */
export const normalizeHeaderValue = (potentialValue: string): string => potentialValue.replace(edgePattern, '')

const newlineOrNul = /[\0\n\r]/

/** https://fetch.spec.whatwg.org/#header-value: no tab or space at either end, no NUL, no newline. */
export function isHeaderValue(value: string): boolean {
  if (newlineOrNul.test(value)) return false
  return value === normalizeHeaderValue(value)
}

const beyondLatin1 = /[^\0-\xff]/

/** https://webidl.spec.whatwg.org/#es-ByteString: whether the string converts to bytes; where it does not, the call throws a TypeError. */
export const isByteString = (value: string): boolean => !beyondLatin1.test(value)
