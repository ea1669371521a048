/** https://fetch.spec.whatwg.org/#concept-header: a name and a value, both byte sequences, held as latin-1 strings. */
export type Header = readonly [name: string, value: string]

/** https://fetch.spec.whatwg.org/#concept-header-list: order, letter case and repetition are kept. */
export type HeaderList = readonly Header[]

/**
 * ASCII letters only, as the standard's byte-lowercase; `toLowerCase` alone would also fold `É` and `K` (U+212A). Every name and method that is
 * looked at comes by here, so what is lower case already costs no more than a look.
 */
export function byteLowercase(bytes: string): string {
  for (let index = 0; index < bytes.length; index++) {
    const code = bytes.charCodeAt(index)
    if (code > 0x7f) return bytes.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
    if (code >= 0x41 && code <= 0x5a)
      return isASCII(bytes, index) ? bytes.toLowerCase() : bytes.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())
  }
  return bytes
}

export const byteUppercase = (bytes: string): string => bytes.replace(/[a-z]+/g, (lower) => lower.toUpperCase())

/** Whether two header names (or methods) are a byte-case-insensitive match. */
export function byteCaseInsensitiveMatch(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) {
    if (folded(a.charCodeAt(index)) !== folded(b.charCodeAt(index))) return false
  }
  return true
}

const folded = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code)

function isASCII(text: string, start: number): boolean {
  for (let index = start; index < text.length; index++) {
    if (text.charCodeAt(index) > 0x7f) return false
  }
  return true
}

/** https://fetch.spec.whatwg.org/#header-list-contains */
export function contains(list: HeaderList, name: string): boolean {
  for (const [each] of list) if (byteCaseInsensitiveMatch(each, name)) return true
  return false
}

/**
 * https://fetch.spec.whatwg.org/#concept-header-list-get
 * All values with that name, joined by `, `; null where there is none.
 */
export function get(list: HeaderList, name: string): string | null {
  let values: string | null = null
  for (const [each, value] of list) {
    if (byteCaseInsensitiveMatch(each, name)) values = values === null ? value : `${values}, ${value}`
  }
  return values
}
