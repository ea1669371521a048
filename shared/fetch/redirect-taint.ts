import { haveSameOrigin, isSameOrigin } from './origin.ts'
import type { Request } from './request.ts'

/**
 * https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 * `same-site` and `cross-site` are one here: all that CORS asks is whether the taint is `same-origin`.
 */
export function redirectTaint(request: Request): 'same-origin' | 'not same-origin' {
  // 2-3. Let lastURL be null. Let taint be "same-origin".
  let lastURL: URL | null = null

  // 4. For each url of request's URL list:
  for (const url of request.urlList) {
    // 4.1. If lastURL is null, then set lastURL to url and continue.
    // 4.2-3. If url's origin is not same origin with lastURL's origin and request's origin is not same origin with lastURL's origin, then …
    if (lastURL !== null && !haveSameOrigin(url, lastURL) && !isSameOrigin(request.origin, lastURL)) return 'not same-origin'
    // 4.4. Set lastURL to url.
    lastURL = url
  }

  // 5. Return taint.
  return 'same-origin'
}
