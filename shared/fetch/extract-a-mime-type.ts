import { getDecodeAndSplit } from './get-decode-and-split.ts'
import { get } from './header-list.ts'
import type { HeaderList } from './header-list.ts'
import { parseAMIMEType } from './parse-a-mime-type.ts'

/** https://fetch.spec.whatwg.org/#concept-header-extract-mime-type: the essence alone, all that anyone asks for here; or `failure`. */
export function extractAMIMEType(headers: HeaderList): string {
  // 1-3. Let charset be null. Let essence be null. Let mimeType be null.
  let essence: string | null = null
  // 4. Let values be the result of getting, decoding, and splitting `Content-Type` from headers.
  // 5. If values is null, then return failure.
  const contentType = get(headers, 'Content-Type')
  if (contentType === null) return 'failure'

  // 6. For each value of values:
  for (const value of getDecodeAndSplit(contentType)) {
    // 6.1. Let temporaryMimeType be the result of parsing value.
    const temporaryMimeType = parseAMIMEType(value)
    // 6.2. If temporaryMimeType is failure or its essence is "*/*", then continue.
    if (temporaryMimeType === null || temporaryMimeType.essence === '*/*') continue
    // 6.3-5. Set mimeType to temporaryMimeType; charsets decide nothing here.
    essence = temporaryMimeType.essence
  }

  // 7-8. If mimeType is null, then return failure. Return mimeType.
  return essence ?? 'failure'
}

/** https://mimesniff.spec.whatwg.org/#javascript-mime-type */
export const isJavaScriptMIMEType = (essence: string): boolean => javaScript.test(essence)

const javaScript =
  /^(?:application\/(?:x-)?(?:ecma|java)script|text\/(?:x-)?(?:ecma|java)script|text\/javascript1\.[0-5]|text\/jscript|text\/livescript)$/
