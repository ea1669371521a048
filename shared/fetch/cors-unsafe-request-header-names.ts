import { isCORSSafelistedRequestHeader } from './cors-safelisted-request-header.ts'
import { byteLowercase } from './header-list.ts'
import type { HeaderList } from './header-list.ts'

/**
 * https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names: lower case, sorted, each once.
 * @param isSafelisted a browser that safelists otherwise passes its own
 * @param otherwise what browsers do otherwise: the limit of step 5 in bytes, and whether a name that is there twice is listed twice
 */
export function corsUnsafeRequestHeaderNames(
  headers: HeaderList,
  isSafelisted: (name: string, value: string) => boolean = isCORSSafelistedRequestHeader,
  otherwise: { safelistValueSizeLimit: number; repeats: boolean } = { safelistValueSizeLimit: 1024, repeats: false },
): string[] {
  // 1. Let unsafeNames be a new list.
  const unsafeNames: string[] = []

  // 2. Let potentiallyUnsafeNames be a new list.
  const potentiallyUnsafeNames: string[] = []

  // 3. Let safelistValueSize be 0.
  let safelistValueSize = 0

  // 4. For each header of headers:
  for (const [name, value] of headers) {
    if (!isSafelisted(name, value)) {
      // 4.1. If header is not a CORS-safelisted request-header, then append header's name to unsafeNames.
      unsafeNames.push(name)
    } else {
      // 4.2. Otherwise, append header's name to potentiallyUnsafeNames and increase safelistValueSize by header's value's length.
      potentiallyUnsafeNames.push(name)
      safelistValueSize += value.length
    }
  }

  // 5. If safelistValueSize is greater than 1024, then for each name of potentiallyUnsafeNames, append name to unsafeNames.
  if (safelistValueSize > otherwise.safelistValueSizeLimit) unsafeNames.push(...potentiallyUnsafeNames)

  // 6. Return the result of convert header names to a sorted-lowercase set with unsafeNames.
  return otherwise.repeats ? unsafeNames.map(byteLowercase).sort() : sortedLowercaseSet(unsafeNames)
}

/** https://fetch.spec.whatwg.org/#convert-header-names-to-a-sorted-lowercase-set */
export function sortedLowercaseSet(names: readonly string[]): string[] {
  if (names.length < 2) return names.map(byteLowercase)
  return [...new Set(names.map(byteLowercase))].sort()
}
