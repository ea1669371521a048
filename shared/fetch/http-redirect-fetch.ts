import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteLowercase, get } from './header-list.ts'
import { locationURLOf } from './location-url.ts'
import { mainFetch } from './main-fetch.ts'
import { haveSameOrigin, includesCredentials, isHTTPScheme, isSameOrigin } from './origin.ts'
import { currentURL } from './request.ts'
import { networkError } from './response.ts'
import type { ActualResponse, Response } from './response.ts'
import type { FetchSteps } from './steps.ts'

/** https://fetch.spec.whatwg.org/#request-body-header-name */
const requestBodyHeaderNames = ['content-encoding', 'content-language', 'content-location', 'content-type']

const none: ReadonlySet<string> = new Set()

/** https://fetch.spec.whatwg.org/#concept-http-redirect-fetch */
export function* httpRedirectFetch(fetchParams: FetchParams, response: ActualResponse): FetchSteps<Response> {
  // 1. Let request be fetchParams's request.
  const { request, profile, memory } = fetchParams
  const from = currentURL(request)

  // 2-3. Let locationURL be internalResponse's location URL given request's current URL's fragment.
  const locationURL = locationURLOf(response, from, profile.ways)

  // 4. If locationURL is null, then return response.
  if (locationURL === null || locationURL === 'no redirect') {
    rule(fetchParams, 'decided', { step: 'http-redirect-fetch/4', result: 'no Location', facts: { status: response.status } })
    return response
  }

  // 5. If locationURL is failure, then return a network error.
  if (locationURL === 'failure') {
    rule(fetchParams, 'stopped', { step: 'http-redirect-fetch/5', result: 'failure', facts: { status: response.status } })
    return networkError
  }
  const facts = { status: response.status, url: from.href, locationURL: locationURL.href, redirects: request.redirectCount }

  // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (!isHTTPScheme(locationURL)) {
    rule(fetchParams, 'stopped', {
      step: 'http-redirect-fetch/6',
      result: 'not an HTTP(S) scheme',
      facts: { ...facts, scheme: locationURL.protocol },
    })
    return networkError
  }

  // 7. If request's redirect count is 20, then return a network error.
  if (request.redirectCount === 20) {
    rule(fetchParams, 'stopped', { step: 'http-redirect-fetch/7', result: 'too many redirects', facts })
    return networkError
  }

  // 8. Increase request's redirect count by 1.
  request.redirectCount++

  // 9. If request's mode is "cors", locationURL includes credentials, and request's origin is not same origin with locationURL's origin, then
  // return a network error.
  if (request.mode === 'cors' && includesCredentials(locationURL) && !isSameOrigin(request.origin, locationURL)) {
    const ruling = { step: 'http-redirect-fetch/9', result: 'includes credentials', facts } as const
    if (profile.ways.preflightsBeforeRefusingCredentials && request.responseTainting === 'basic') {
      memory.lateRefusal = { ruling, deviation: 'preflightsBeforeRefusingCredentials', withoutPreflight: undefined }
    } else {
      rule(fetchParams, 'stopped', ruling)
      return networkError
    }
  }

  // 10. If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  if (request.responseTainting === 'cors' && includesCredentials(locationURL)) {
    rule(fetchParams, 'stopped', { step: 'http-redirect-fetch/10', result: 'includes credentials', facts })
    return networkError
  }
  if (profile.ways.blocksEmbeddedCredentials && request.initiatorType === 'fetch' && includesCredentials(locationURL)) {
    rule(fetchParams, 'stopped', { step: 'http-redirect-fetch/10', result: 'includes credentials', facts }, 'blocksEmbeddedCredentials')
    return networkError
  }

  // 11. A body's source is never null here: streams are not modelled.

  // 12. If one of the following is true: internalResponse's status is 301 or 302 and request's method is `POST`; internalResponse's status is 303
  // and request's method is not `GET` or `HEAD`; then:
  const becomesGET =
    ((response.status === 301 || response.status === 302) && request.method === 'POST') ||
    (response.status === 303 && request.method !== 'GET' && request.method !== 'HEAD')
  const isElsewhere = !haveSameOrigin(from, locationURL)
  const becomesGETElsewhere = profile.ways.deleteBecomesGETElsewhere && isElsewhere && request.method === 'DELETE'
  const stripped = new Set<string>()
  if (becomesGET || becomesGETElsewhere) {
    // 12.1. Set request's method to `GET` and request's body to null.
    request.method = 'GET'
    request.body = null
    // 12.2. For each headerName of request-body-header name, delete headerName from request's header list.
    for (const headerName of requestBodyHeaderNames) stripped.add(headerName)
  }

  // 13. If request's current URL's origin is not same origin with locationURL's origin, then for each headerName of CORS non-wildcard
  // request-header name, delete headerName from request's header list.
  if (isElsewhere) stripped.add('authorization')

  const removed = profile.ways.keepsHeadersOnRedirect ? [] : removeHeaders(fetchParams, stripped)
  const dropped = removeHeaders(fetchParams, profile.ways.dropsOnRedirect)
  memory.strippedHere = stripped.size === 0 ? none : stripped

  if (isElsewhere) memory.originHeader = null

  // 14-17. The body can be sent again as it is; timing is not modelled.

  // 18. Append locationURL to request's URL list.
  request.urlList.push(locationURL)
  rule(
    fetchParams,
    'decided',
    {
      step: 'http-redirect-fetch/18',
      result: 'redirected',
      facts: { ...facts, becomesGET: becomesGET || becomesGETElsewhere, removed: [...removed, ...dropped] },
    },
    becomesGETElsewhere && !becomesGET
      ? 'deleteBecomesGETElsewhere'
      : profile.ways.keepsHeadersOnRedirect && request.headerList.some(([name]) => stripped.has(byteLowercase(name)))
        ? 'keepsHeadersOnRedirect'
        : dropped.length > 0
          ? 'dropsOnRedirect'
          : undefined,
  )

  // 19-21. Not modelled: a `Referrer-Policy` header, navigation.

  // 22. Return the result of running main fetch given fetchParams and recursive.
  return yield* mainFetch(fetchParams, true)
}

/**
 * https://fetch.spec.whatwg.org/#concept-http-redirect-fetch, the steps that some browsers run before they ask whether to follow a redirect at all.
 */
export function locationFirst(fetchParams: FetchParams, response: ActualResponse): Response | null {
  const { request, profile } = fetchParams
  if (request.redirectMode === 'follow') return null
  const facts = { status: response.status, redirectMode: request.redirectMode }

  // 4. If locationURL is null, then return response.
  if (request.redirectMode === 'error' && profile.ways.redirectsNeedALocation && (get(response.headerList, 'Location') ?? '') === '') {
    rule(fetchParams, 'decided', { step: 'http-redirect-fetch/4', result: 'no Location', facts }, 'redirectsNeedALocation')
    return response
  }

  // 5. If locationURL is failure, then return a network error.
  if (!profile.ways.checksLocationFirst && !profile.ways.refusesFTPLocations) return null
  const locationURL = locationURLOf(response, currentURL(request), profile.ways)
  if (locationURL === 'failure' && profile.ways.checksLocationFirst) {
    rule(fetchParams, 'stopped', { step: 'http-redirect-fetch/5', result: 'failure', facts }, 'checksLocationFirst')
    return networkError
  }

  // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (locationURL instanceof URL && locationURL.protocol === 'ftp:' && profile.ways.refusesFTPLocations) {
    const ruling = {
      step: 'http-redirect-fetch/6',
      result: 'not an HTTP(S) scheme',
      facts: { ...facts, locationURL: locationURL.href, scheme: 'ftp:' },
    } as const
    rule(fetchParams, 'stopped', ruling, 'refusesFTPLocations')
    return networkError
  }
  return null
}

/** Deletes those headers and returns the names of those there were. */
function removeHeaders({ request }: FetchParams, names: ReadonlySet<string>): string[] {
  if (names.size === 0) return []
  const removed = request.headerList.map(([name]) => byteLowercase(name)).filter((name) => names.has(name))
  if (removed.length > 0) request.headerList = request.headerList.filter(([name]) => !names.has(byteLowercase(name)))
  return removed
}
