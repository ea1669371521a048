import { extractAMIMEType, isJavaScriptMIMEType } from './extract-a-mime-type.ts'
import { getDecodeAndSplit } from './get-decode-and-split.ts'
import { byteLowercase, get } from './header-list.ts'
import type { HeaderList } from './header-list.ts'
import type { Destination } from './request.ts'
import type { Ruling } from './ruling.ts'

type Blocked = Ruling<'blocked'> | null

/** https://fetch.spec.whatwg.org/#request-destination-script-like */
const isScriptLike = (destination: Destination): boolean => destination === 'script' || destination === 'worker'

/** https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?; null is its "allowed". */
export function blockedDueToItsMIMEType(destination: Destination, headerList: HeaderList): Blocked {
  // 1-2. Let mimeType be the result of extracting a MIME type from response's header list. If it is failure, then return allowed.
  const mimeType = extractAMIMEType(headerList)
  if (mimeType === 'failure') return null

  // 3. Let destination be request's destination.
  // 4. If destination is script-like and mimeType's essence starts with "audio/", "image/", or "video/", or is "text/csv", then return blocked.
  if (isScriptLike(destination) && (/^(?:audio|image|video)\//.test(mimeType) || mimeType === 'text/csv'))
    return { step: 'blocked-due-to-its-mime-type/4', result: 'blocked', facts: { destination, mimeType } }

  // 5. Return allowed.
  return null
}

/** https://fetch.spec.whatwg.org/#determine-nosniff */
export function determineNosniff(list: HeaderList): boolean {
  const value = get(list, 'X-Content-Type-Options')
  return value !== null && byteLowercase(getDecodeAndSplit(value)[0] ?? '') === 'nosniff'
}

/** https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?; null is its "allowed". */
export function blockedDueToNosniff(destination: Destination, headerList: HeaderList): Blocked {
  // 1. If determine nosniff with response's header list is false, then return allowed.
  if (!determineNosniff(headerList)) return null

  // 2-3. Let mimeType be the result of extracting a MIME type from response's header list. Let destination be request's destination.
  const mimeType = extractAMIMEType(headerList)
  const facts = { destination, mimeType: get(headerList, 'Content-Type') }

  // 4. If destination is script-like and mimeType is failure or is not a JavaScript MIME type, then return blocked.
  if (isScriptLike(destination) && !isJavaScriptMIMEType(mimeType)) return { step: 'blocked-due-to-nosniff/4', result: 'blocked', facts }

  // 5. If destination is "style" and mimeType is failure or its essence is not "text/css", then return blocked.
  if (destination === 'style' && mimeType !== 'text/css') return { step: 'blocked-due-to-nosniff/5', result: 'blocked', facts }

  // 6. Return allowed.
  return null
}
