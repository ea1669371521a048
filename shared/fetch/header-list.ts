/** https://fetch.spec.whatwg.org/#concept-header: a name and a value, both byte sequences, held as latin-1 strings. */
export type Header = readonly [name: string, value: string]

/** https://fetch.spec.whatwg.org/#concept-header-list: order, letter case and repetition are kept. */
export type HeaderList = readonly Header[]

/** ASCII letters only, as the standard's byte-lowercase; `toLowerCase` would also fold `K` (U+212A) and friends. */
export const byteLowercase = (bytes: string): string => bytes.replace(/[A-Z]+/g, (upper) => upper.toLowerCase())

export const byteUppercase = (bytes: string): string => bytes.replace(/[a-z]+/g, (lower) => lower.toUpperCase())

/** Whether two header names (or methods) are a byte-case-insensitive match. */
export const byteCaseInsensitiveMatch = (a: string, b: string): boolean => a.length === b.length && byteLowercase(a) === byteLowercase(b)

/** https://fetch.spec.whatwg.org/#header-list-contains */
export const contains = (list: HeaderList, name: string): boolean => list.some(([each]) => byteCaseInsensitiveMatch(each, name))

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
