import { redirectTaint } from './redirect-taint.ts'
import type { Request } from './request.ts'

/** https://fetch.spec.whatwg.org/#serializing-a-request-origin; byte-serializing gives the same, for origins are ASCII. */
export function serializeARequestOrigin(request: Request): string {
  // 2. If request's redirect-taint is not "same-origin", then return "null".
  if (request.urlList.length > 1 && redirectTaint(request) !== 'same-origin') return 'null'

  // 3. Return request's origin, serialized.
  return request.origin.serialized
}
