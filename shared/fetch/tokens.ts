/** Bytes of https://httpwg.org/specs/rfc9110.html#tokens */
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

export const isToken = (value: string): boolean => tokenPattern.test(value)

/** https://fetch.spec.whatwg.org/#header-name */
export const isHeaderName = isToken

/** https://fetch.spec.whatwg.org/#http-whitespace */
export const httpWhitespace = '\t\n\r '

/** https://fetch.spec.whatwg.org/#concept-header-value-normalize */
export const normalizeHeaderValue = (potentialValue: string): string => withoutEdges(potentialValue, httpWhitespace)

/** https://fetch.spec.whatwg.org/#http-tab-or-space */
export const withoutTabsOrSpaces = (text: string): string => withoutEdges(text, '\t ')

/** Not by a pattern: `[ ]+$` looks at a long run of spaces in the middle again from each of them. */
export function withoutEdges(text: string, edges: string): string {
  let [start, end] = [0, text.length]
  while (start < end && edges.includes(text.charAt(start))) start++
  while (end > start && edges.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

const newlineOrNul = /[\0\n\r]/

/** https://fetch.spec.whatwg.org/#header-value: no tab or space at either end, no NUL, no newline. */
export function isHeaderValue(value: string): boolean {
  if (newlineOrNul.test(value)) return false
  return value === normalizeHeaderValue(value)
}

const beyondLatin1 = /[^\0-\xff]/

/** https://webidl.spec.whatwg.org/#es-ByteString: whether the string converts to bytes; where it does not, the call throws a TypeError. */
export const isByteString = (value: string): boolean => !beyondLatin1.test(value)
