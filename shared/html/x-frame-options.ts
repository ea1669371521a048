import { getDecodeAndSplit } from '#shared/fetch/get-decode-and-split'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { isSameOrigin } from '#shared/fetch/origin'
import type { Origin } from '#shared/fetch/origin'
import type { Ruling } from '#shared/fetch/ruling'

/**
 * https://html.spec.whatwg.org/multipage/document-lifecycle.html#check-a-navigation-response's-adherence-to-x-frame-options, for a frame of a
 * page that is in no frame itself; null where the response may be shown.
 */
export function xFrameOptionsForbid(headerList: HeaderList, destination: URL, page: Origin): Ruling<'false'> | null {
  // 1. If navigable is not a child navigable, then return true: it is one.
  // 2. If a policy of cspList has a frame-ancestors directive, then return true: whoever calls has looked for one.
  // 3. Let rawXFrameOptions be the result of getting, decoding, and splitting `X-Frame-Options` from response's header list.
  const value = get(headerList, 'X-Frame-Options')
  if (value === null) return null
  // 4-5. Let xFrameOptions be a new set; append each value, converted to ASCII lowercase, to it.
  const options = new Set(getDecodeAndSplit(value).map(byteLowercase))
  const [first = ''] = options
  const forbidden = (step: number): Ruling<'false'> => ({ step: `x-frame-options/${step}`, result: 'false', facts: { option: first } })
  // 6. If xFrameOptions's size is greater than 1, and it contains "deny", "allowall", or "sameorigin", then return false.
  if (options.size > 1) return ['deny', 'allowall', 'sameorigin'].some((each) => options.has(each)) ? forbidden(6) : null
  // 8. If xFrameOptions[0] is "deny", then return false.
  if (first === 'deny') return forbidden(8)
  // 9. If xFrameOptions[0] is "sameorigin", and the containing document's origin is not same origin with destinationOrigin, then return false.
  return first === 'sameorigin' && !isSameOrigin(page, destination) ? forbidden(9) : null
}
