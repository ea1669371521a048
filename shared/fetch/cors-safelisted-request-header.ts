import { byteLowercase } from './header-list.ts'
import { parseAMIMEType } from './parse-a-mime-type.ts'
import { parseASingleRangeHeaderValue } from './parse-a-single-range-header-value.ts'

// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
// eslint-disable-next-line no-control-regex
const corsUnsafeRequestHeaderByte = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/

export const containsCORSUnsafeRequestHeaderByte = (value: string): boolean => corsUnsafeRequestHeaderByte.test(value)

const languageBytes = /^[0-9A-Za-z *,\-.;=]*$/

const safelistedEssences = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
export function isCORSSafelistedRequestHeader(name: string, value: string): boolean {
  // 1. If value's length is greater than 128, then return false.
  if (value.length > 128) return false

  // 2. Byte-lowercase name and switch on the result:
  switch (byteLowercase(name)) {
    case 'accept':
      return !containsCORSUnsafeRequestHeaderByte(value)
    case 'accept-language':
    case 'content-language':
      return languageBytes.test(value)
    case 'content-type':
      return isSafelistedContentType(value)
    case 'range':
      return isSafelistedRange(value)
    default:
      return false
  }
}

function isSafelistedContentType(value: string): boolean {
  // 2.1. If value contains a CORS-unsafe request-header byte, then return false.
  if (containsCORSUnsafeRequestHeaderByte(value)) return false
  // 2.2. Let mimeType be the result of parsing the result of isomorphic decoding value.
  const mimeType = parseAMIMEType(value)
  // 2.3. If mimeType is failure, then return false.
  // 2.4. If mimeType's essence is not one of the three, then return false.
  return mimeType !== null && safelistedEssences.has(mimeType.essence)
}

function isSafelistedRange(value: string): boolean {
  // 2.1. Let rangeValue be the result of parsing a single range header value given value and false.
  const rangeValue = parseASingleRangeHeaderValue(value)
  // 2.2. If rangeValue is failure, then return false.
  // 2.3. If rangeValue[0] is null, then return false.
  return rangeValue !== null && rangeValue[0] !== null
}
