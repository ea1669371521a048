import type { BrowserWays } from './browser-profile.ts'
import type { Request } from './request.ts'
import { isSameOrigin } from './origin.ts'
import { currentURL } from './request.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'

/**
 * https://fetch.spec.whatwg.org/#append-a-request-origin-header
 * What it would append: the value, or null where it appends nothing. The referrer policy is the default, strict-origin-when-cross-origin.
 */
export function requestOriginHeader(request: Request, ways: Pick<BrowserWays, 'tellsOriginWhereLessSecure'>): string | null {
  // 2. Let serializedOrigin be the result of byte-serializing a request origin with request.
  const serializedOrigin = serializeARequestOrigin(request)

  // 3. If request's response tainting is "cors" …, then append (`Origin`, serializedOrigin) to request's header list.
  if (request.responseTainting === 'cors') return serializedOrigin

  // 4. Otherwise, if request's method is neither `GET` nor `HEAD`, then:
  if (request.method === 'GET' || request.method === 'HEAD') return null

  // 4.1. If request's mode is not "cors", then switch on request's referrer policy: "strict-origin-when-cross-origin": if request's origin is a
  // tuple origin, its scheme is "https", and request's current URL's scheme is not "https", then set serializedOrigin to `null`.
  const isLessSecure = request.origin.serialized.startsWith('https:') && currentURL(request).protocol !== 'https:'
  if (request.mode !== 'cors' && isLessSecure && !ways.tellsOriginWhereLessSecure) return 'null'

  // 4.2. Append (`Origin`, serializedOrigin) to request's header list.
  return serializedOrigin
}

/**
 * https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer under strict-origin-when-cross-origin.
 * @param page the URL of the page, without fragment
 */
export function refererHeader(request: Request, page: string | null): string | null {
  if (page === null) return null
  const url = currentURL(request)
  if (page.startsWith('https:') && url.protocol === 'http:') return null
  return isSameOrigin(request.origin, url) ? page : `${new URL(page).origin}/`
}
