import { refererHeader, requestOriginHeader } from './append-a-request-origin-header.ts'
import type { BrowserProfile } from './browser-profile.ts'
import { appendARequestCookieHeader } from './cookie-headers.ts'
import { fetchMetadataHeaders } from './fetch-metadata-headers.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { contains } from './header-list.ts'
import type { Header } from './header-list.ts'
import { httpNetworkFetch } from './http-network-fetch.ts'
import { beaconsOpaqueOrigin, opaqueOriginAtHome } from './opaque-origin-at-home.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { currentURL } from './request.ts'
import type { Request } from './request.ts'
import { networkError } from './response.ts'
import type { ActualResponse, NetworkError } from './response.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'
import type { FetchSteps, HTTPNetworkFetch } from './steps.ts'
import { inOrder } from './wire-habits.ts'

/** https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch. The HTTP cache is not modelled: every fetch goes to the network. */
export function* httpNetworkOrCacheFetch(fetchParams: FetchParams): FetchSteps<ActualResponse | NetworkError> {
  // 1-7. Let request be fetchParams's request.
  const { request, profile, memory } = fetchParams

  // 8.1-2. Set httpRequest to a clone of request: its header list is the copy that gets what only the network sees.
  const headerList: Header[] = [...request.headerList]

  // 8.3. Let includeCredentials be true if request's credentials mode is "include", or "same-origin" and request's response tainting is "basic".
  const includeCredentials =
    request.credentialsMode === 'include' || (request.credentialsMode === 'same-origin' && request.responseTainting === 'basic')

  // 8.4. Not modelled: Cross-Origin-Embedder-Policy.
  // 8.5-10. `Content-Length` is the transport's.

  // 8.11. If httpRequest's referrer is a URL, then append (`Referer`, referrerValue) to httpRequest's header list.
  const referer = refererHeader(request, request.referrer)
  if (referer !== null) headerList.push(['Referer', referer])

  // 8.12. Append a request `Origin` header for httpRequest.
  const origin =
    beaconsOpaqueOrigin(fetchParams) ??
    requestOriginHeader(request, profile.ways) ??
    originHeaderAtHome(fetchParams) ??
    opaqueOriginAtHome(fetchParams, includeCredentials) ??
    (profile.ways.keepsOriginHeaderOnRedirect ? memory.originHeader : null)
  if (origin !== null) headerList.push(['Origin', hasLeftAnOrigin(fetchParams) ? 'null' : origin])
  memory.originHeader = origin

  // 8.13. Append the Fetch metadata headers for httpRequest.
  headerList.push(...fetchMetadataHeaders(fetchParams))

  // 8.14. Not modelled: `Sec-Purpose`.
  // 8.15. If httpRequest's header list does not contain `User-Agent`, then user agents should append it.
  // 8.16-17. Not modelled: cache modes other than "default" and "no-store".
  // 8.18. If httpRequest's cache mode is "no-store", then append (`Pragma`, `no-cache`) and (`Cache-Control`, `no-cache`).
  if (request.cacheMode === 'no-store') headerList.push(['Pragma', 'no-cache'], ['Cache-Control', 'no-cache'])

  // 8.19. `Accept-Encoding` for a range: see below.
  // 8.20. Modify httpRequest's header list per HTTP.
  const url = currentURL(request)
  if (isPotentiallyTrustworthy(url)) headerList.push(...profile.wire.clientHints)
  if (request.mode === 'navigate') headerList.push(['Upgrade-Insecure-Requests', '1'])
  appendUserAgentHeaders(headerList, profile, url, request)

  // 8.21. If includeCredentials is true, then: 8.21.1. Append a request `Cookie` header for httpRequest. 8.21.2. Not modelled: authentication entries.
  appendARequestCookieHeader(fetchParams, headerList, includeCredentials)

  // 8.22-26. Not modelled: proxies, the HTTP cache.
  // 9-10. Aborting is the driver's.
  // 11. If response is null, then: …
  return yield* responseFromTheNetwork(fetchParams, {
    kind: 'request',
    method: request.method,
    url: withoutFragmentAndCredentials(url),
    headerList: inOrder(headerList, profile.wire.requestOrder),
    body: request.body?.bytes ?? null,
    includeCredentials,
  })
}

/** https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch from step 11 on, which is the same for a preflight. */
export function* responseFromTheNetwork(fetchParams: FetchParams, sent: HTTPNetworkFetch): FetchSteps<ActualResponse | NetworkError> {
  // 11.2. Let forwardResponse be the result of running HTTP-network fetch given httpFetchParams, includeCredentials, and isNewConnectionFetch.
  const response = yield* httpNetworkFetch(fetchParams, sent)
  if (response.type === 'error') return response

  // 11.3-5. Not modelled: the HTTP cache.
  // 12-15. Not modelled: authentication prompts.
  // 16. If response's status is 407, then: … 16.4. Prompt the end user as appropriate. Nobody is there to prompt.
  if (response.status === 407 && fetchParams.profile.ways.refusesStatus407) {
    const ruling = { step: 'http-network-or-cache-fetch/16', result: 'network error', facts: { status: 407 } } as const
    rule(fetchParams, 'stopped', ruling, 'refusesStatus407')
    return networkError
  }

  // 17. If response's status is 421, isNewConnectionFetch is false, and request's body can be sent again, then: run this once more.
  if (response.status !== 421) return response
  rule(fetchParams, 'decided', { step: 'http-network-or-cache-fetch/17', result: 'once more', facts: { status: response.status } })
  return yield* httpNetworkFetch(fetchParams, sent)

  // 18-19. Return response.
}

/** Whether a redirect has led from one origin to another, in a browser that lets a request without CORS forget its origin there. */
function hasLeftAnOrigin({ request: { mode, urlList }, profile }: FetchParams): boolean {
  if (!profile.ways.hidesOriginOnceElsewhere || mode !== 'no-cors') return false
  return urlList.some((url, at) => at > 0 && url.origin !== urlList[at - 1]?.origin)
}

/** What some browsers send with a CORS request of an element even to the page's own origin; null for nothing. */
function originHeaderAtHome({ request, profile }: FetchParams): string | null {
  if (!profile.ways.elementsSendOriginAtHome || request.mode !== 'cors') return null
  return ['img', 'script', 'css', 'font', 'link'].includes(request.initiatorType) ? serializeARequestOrigin(request) : null
}

/** What the standard leaves to the user agent, where the script has not set it; and `Accept`, which fetching itself would have appended. */
export function appendUserAgentHeaders(
  headerList: Header[],
  { userAgent, wire }: BrowserProfile,
  url: URL,
  { destination, initiatorType }: Pick<Request, 'destination' | 'initiatorType'>,
): void {
  const append = (name: string, value: string | null) => {
    if (value !== null && !contains(headerList, name)) headerList.push([name, value])
  }
  append('Accept', wire.accept[destination] ?? '*/*')
  append('Accept-Language', wire.acceptLanguage)
  append('User-Agent', userAgent)
  const [trustworthy, other] = wire.acceptEncoding
  append('Accept-Encoding', contains(headerList, 'Range') ? 'identity' : isPotentiallyTrustworthy(url) ? trustworthy : other)
  for (const [name, value] of wire.ofInitiator[initiatorType] ?? wire.always) append(name, value)
}

/** As it goes on the wire: a fragment is never sent, and neither are a user name and password in a URL. */
export function withoutFragmentAndCredentials(url: URL): string {
  const { href } = url
  if (url.username === '' && url.password === '' && !href.includes('#')) return href
  return `${url.protocol}//${url.host}${url.pathname}${url.search}`
}
