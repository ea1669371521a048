import type { BrowserProfile } from './browser-profile.ts'
import { corsCheck } from './cors-check.ts'
import { isCORSNonWildcardRequestHeaderName } from './cors-non-wildcard-request-header-name.ts'
import { cacheKey, storeThePreflight } from './cors-preflight-cache.ts'
import { extractHeaderListValues, firstInvalidMember } from './extract-header-list-values.ts'
import { refererHeader } from './append-a-request-origin-header.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteLowercase, get } from './header-list.ts'
import type { Header, HeaderList } from './header-list.ts'
import { preflightMetadataHeaders } from './fetch-metadata-headers.ts'
import { appendUserAgentHeaders, responseFromTheNetwork, withoutFragmentAndCredentials } from './http-network-or-cache-fetch.ts'
import { inOrder } from './wire-habits.ts'
import { isCORSSafelistedMethod } from './methods.ts'
import { isSameOrigin } from './origin.ts'
import { currentURL } from './request.ts'
import { isOkStatus, networkError } from './response.ts'
import type { ActualResponse, NetworkError } from './response.ts'
import type { FetchSteps } from './steps.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'
import { unsafeNamesOf } from './unsafe-names.ts'

/** Its `Accept` and what browsers add are those of any request without a destination. */
const preflightItself = { destination: '', initiatorType: 'fetch' } as const

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
export function* corsPreflightFetch(fetchParams: FetchParams): FetchSteps<ActualResponse | NetworkError> {
  const { request, profile } = fetchParams
  const url = currentURL(request)

  // 1. Let preflight be a new request whose method is `OPTIONS`, …
  // 2. Append (`Accept`, `*/*`) to preflight's header list.
  // 3. Append (`Access-Control-Request-Method`, request's method) to preflight's header list.
  const headerList: Header[] = [
    ['Accept', '*/*'],
    ['Access-Control-Request-Method', request.method],
  ]

  // 4. Let headers be the CORS-unsafe request-header names with request's header list.
  const { names: headers } = unsafeNamesOf(fetchParams)

  // 5. If headers is not empty, then:
  // 5.1. Let value be the items in headers separated from each other by `,`.
  // 5.2. Append (`Access-Control-Request-Headers`, value) to preflight's header list.
  // Not ", ": the standard's note to step 5 says this "is not the way this was implemented, for better or worse".
  if (headers.length > 0) headerList.push(['Access-Control-Request-Headers', headers.join(',')])

  // 6. Let response be the result of running HTTP-network-or-cache fetch given a new fetch params whose request is preflight. A preflight's
  // credentials mode is "same-origin" and its response tainting "cors", so no credentials go along.
  const keepsOrigin = profile.ways.preflightKeepsOriginAfterRedirect
  const origin = keepsOrigin ? request.origin.serialized : serializeARequestOrigin(request)
  const referer = refererHeader(request, request.referrer)
  if (referer !== null) headerList.push(['Referer', referer])
  headerList.push(['Origin', origin], ...preflightMetadataHeaders(fetchParams))
  appendUserAgentHeaders(headerList, profile, url, preflightItself)
  const response = yield* responseFromTheNetwork(fetchParams, {
    kind: 'preflight',
    method: 'OPTIONS',
    url: withoutFragmentAndCredentials(url),
    headerList: inOrder(headerList, profile.wire.preflightOrder),
    body: null,
    includeCredentials: false,
  })
  if (response.type === 'error') return response
  const deviation = keepsOrigin && origin !== serializeARequestOrigin(request) ? 'preflightKeepsOriginAfterRedirect' : undefined

  // 7. If a CORS check for request and response returns success and response's status is an ok status, then: …
  // 8. Otherwise, return a network error.
  if (!(keepsOrigin && isSameOrigin(request.origin, url))) {
    const check = corsCheck({ requestOrigin: origin, credentialsMode: request.credentialsMode }, response.headerList, response.status)
    rule(fetchParams, check.result === 'success' ? 'passed' : 'stopped', check, deviation)
    if (check.result === 'failure') return networkError
  }
  if (!isOkStatus(response.status)) {
    rule(fetchParams, 'stopped', { step: 'cors-preflight-fetch/8', result: 'not an ok status', facts: { status: response.status } })
    return networkError
  }
  return judged(fetchParams, response, headers) ? response : networkError
}

/** Steps 7.1 to 7.16: whether the answer allows the request. */
function judged(fetchParams: FetchParams, response: ActualResponse, unsafeNames: readonly string[]): boolean {
  const { request, profile } = fetchParams

  // 7.1. Let methods be the result of extracting header list values given `Access-Control-Allow-Methods` and response's header list.
  let methods = extractHeaderListValues('Access-Control-Allow-Methods', response.headerList)

  // 7.2. Let headerNames be the result of extracting header list values given `Access-Control-Allow-Headers` and response's header list.
  const headerNames = extractHeaderListValues('Access-Control-Allow-Headers', response.headerList)

  // 7.3. If either methods or headerNames is failure, return a network error.
  if (methods === 'failure' || headerNames === 'failure') {
    const header = methods === 'failure' ? 'Access-Control-Allow-Methods' : 'Access-Control-Allow-Headers'
    rule(fetchParams, 'stopped', {
      step: 'cors-preflight-fetch/7.3',
      result: 'failure',
      facts: { header, invalid: firstInvalidMember(header, response.headerList) },
    })
    return false
  }

  // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to a new list containing request's method.
  if (methods === null && request.useCORSPreflightFlag && !profile.ways.missingMethodsAllowNone) methods = [request.method]

  // 7.5-7. If methods and headerNames do not allow request's method or one of its headers, return a network error.
  const isAllowed = doAllow(fetchParams, methods, headerNames, unsafeNames)
  if (!isAllowed && !profile.ways.keepsRefusingPreflights) return false

  // 7.8. Let max-age be the result of extracting header list values given `Access-Control-Max-Age` and response's header list.
  // 7.9. If max-age is failure or null, then set max-age to 5.
  // 7.10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed limit.
  const maxAge = Math.min(maxAgeOf(response.headerList, profile), profile.maxAgeLimit)

  // 7.11-15. Keep it in the CORS-preflight cache.
  const { cachesNoWildcards } = profile.ways
  if (maxAge > 0) {
    fetchParams.preflightCache = storeThePreflight(fetchParams.preflightCache, cacheKey(request), profile.ways, {
      methods: (methods ?? []).filter((method) => method !== '*' || !cachesNoWildcards),
      headerNames: (headerNames ?? []).filter((name) => name !== '*' || !cachesNoWildcards),
      maxAge,
      now: fetchParams.now,
    })
  }
  if (!isAllowed) return false

  // 7.16. Return response.
  rule(fetchParams, 'passed', { step: 'cors-preflight-fetch/7.16', result: 'passed', facts: { maxAge } })
  return true
}

/** Steps 7.8 and 7.9, in seconds: what the header list says, whatever the browser's limit is. */
export function maxAgeOf(headerList: HeaderList, { ways }: BrowserProfile): number {
  const value = get(headerList, 'Access-Control-Max-Age')
  const otherwise = value === null ? undefined : ways.readsMaxAge(value)
  if (otherwise !== undefined) return otherwise
  const extracted = extractHeaderListValues('Access-Control-Max-Age', headerList)
  return extracted === null || extracted === 'failure' ? 5 : Number(extracted[0])
}

/** Steps 7.5 to 7.7. */
function doAllow(
  fetchParams: FetchParams,
  methods: readonly string[] | null,
  headerNames: readonly string[] | null,
  unsafeNames: readonly string[],
): boolean {
  const { request, profile } = fetchParams
  const isCredentialed = request.credentialsMode === 'include'

  // 7.5. If request's method is not in methods, request's method is not a CORS-safelisted method, and request's credentials mode is "include" or
  // methods does not contain `*`, then return a network error.
  const allowMethods = methods ?? []
  const methodFacts = { method: request.method, allowMethods: methods, credentialsMode: request.credentialsMode }
  if (
    !allowMethods.includes(request.method) &&
    !isCORSSafelistedMethod(request.method) &&
    (isCredentialed || !allowMethods.includes('*'))
  ) {
    rule(fetchParams, 'stopped', { step: 'cors-preflight-fetch/7.5', result: 'not allowed', facts: methodFacts })
    return false
  }
  if (!isCORSSafelistedMethod(request.method))
    rule(fetchParams, 'passed', { step: 'cors-preflight-fetch/7.5', result: 'allowed', facts: methodFacts })

  // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive match for an item in
  // headerNames, then return a network error.
  const allowHeaders = headerNames ?? []
  const allowed = new Set(allowHeaders.map(byteLowercase))
  const wildcard = !isCredentialed && allowed.has('*')
  const facts = { allowHeaders: headerNames, credentialsMode: request.credentialsMode, unsafeHeaderNames: unsafeNames }
  const nonWildcard = request.headerList.find(([name]) => isCORSNonWildcardRequestHeaderName(name))?.[0]
  if (nonWildcard !== undefined && !allowed.has(byteLowercase(nonWildcard))) {
    const isCovered = wildcard && profile.ways.wildcardCoversAuthorization
    const ruling = { step: 'cors-preflight-fetch/7.6', facts: { ...facts, headerName: byteLowercase(nonWildcard) } } as const
    if (!isCovered) {
      rule(fetchParams, 'stopped', { ...ruling, result: 'not allowed' })
      return false
    }
    rule(fetchParams, 'passed', { ...ruling, result: 'allowed' }, 'wildcardCoversAuthorization')
  }

  // 7.7. For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not a byte-case-insensitive match
  // for an item in headerNames and request's credentials mode is "include" or headerNames does not contain `*`, return a network error.
  for (const unsafeName of unsafeNames) {
    const isAllowed = allowed.has(unsafeName) || wildcard
    rule(fetchParams, isAllowed ? 'passed' : 'stopped', {
      step: 'cors-preflight-fetch/7.7',
      result: isAllowed ? 'allowed' : 'not allowed',
      facts: { ...facts, headerName: unsafeName },
    })
    if (!isAllowed) return false
  }
  return true
}
