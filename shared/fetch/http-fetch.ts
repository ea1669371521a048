import { corsCheck, corsCheckInput } from './cors-check.ts'
import type { CORSCheckInput } from './cors-check.ts'
import { corsPreflightFetch } from './cors-preflight-fetch.ts'
import {
  cacheEntryMatch,
  cacheKey,
  clearCacheEntries,
  entriesFor,
  headerNameCacheEntryMatch,
  methodCacheEntryMatch,
  withoutExpiredEntries,
} from './cors-preflight-cache.ts'
import { isResourcePolicyBlocked } from './cross-origin-resource-policy-check.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { opaqueRedirectFilteredResponse } from './filtered-response.ts'
import { httpNetworkOrCacheFetch } from './http-network-or-cache-fetch.ts'
import { httpRedirectFetch, locationFirst } from './http-redirect-fetch.ts'
import { get } from './header-list.ts'
import { isCORSSafelistedMethod } from './methods.ts'
import { isRedirectStatus, networkError } from './response.ts'
import type { ActualResponse, Response } from './response.ts'
import type { FetchSteps } from './steps.ts'
import { unsafeNamesOf } from './unsafe-names.ts'

/** https://fetch.spec.whatwg.org/#concept-http-fetch */
export function* httpFetch(fetchParams: FetchParams, makeCORSPreflight: boolean): FetchSteps<Response> {
  // 1. Let request be fetchParams's request.
  const { request } = fetchParams

  // 2-3. Not modelled: service workers.

  // 4.1. If makeCORSPreflight is true and one of these conditions is true: … then:
  if (makeCORSPreflight && !isInPreflightCache(fetchParams)) {
    // 4.1.1. Let preflightResponse be the result of running CORS-preflight fetch given request.
    const preflightResponse = yield* corsPreflightFetch(fetchParams)
    // 4.1.2. If preflightResponse is a network error, then return preflightResponse.
    if (preflightResponse.type === 'error') return preflightResponse
  }

  // 4.2. Not modelled: service workers.

  // 4.3. Set response and internalResponse to the result of running HTTP-network-or-cache fetch given fetchParams.
  const response = yield* httpNetworkOrCacheFetch(fetchParams)
  if (response.type === 'error') return response

  // 4.4. If request's response tainting is "cors" and a CORS check for request and response returns failure, then return a network error.
  if (request.responseTainting === 'cors') {
    const input = corsCheckInput(request)
    const ruling = corsCheck(input, response.headerList, response.status)
    rule(fetchParams, ruling.result === 'success' ? 'passed' : 'stopped', ruling)
    if (ruling.result === 'failure') return networkError
    checkAgainLate(fetchParams, input, response)
  }

  // 4.5. Not modelled: TAO check.

  // 5. If either request's response tainting or response's type is "opaque", and the cross-origin resource policy check … returns blocked, then
  // return a network error.
  if (request.responseTainting === 'opaque' && isResourcePolicyBlocked(fetchParams, response)) {
    rule(fetchParams, 'stopped', { step: 'http-fetch/5', result: 'blocked', facts: { origin: request.origin.serialized } })
    return networkError
  }

  // 6. If internalResponse's status is a redirect status:
  if (!isRedirect(fetchParams, response)) return response
  const early = locationFirst(fetchParams, response)
  if (early !== null) return early

  // 6.1-2. Navigation and HTTP/2: nothing to do here.
  // 6.3. Switch on request's redirect mode:
  const facts = { status: response.status, redirectMode: request.redirectMode }
  switch (request.redirectMode) {
    case 'error':
      // 6.3.1. Set response to a network error.
      rule(fetchParams, 'stopped', { step: 'http-fetch/6.3', result: 'error', facts })
      return networkError
    case 'manual':
      // 6.3.2. Otherwise, set response to an opaque-redirect filtered response whose internal response is internalResponse.
      rule(fetchParams, 'passed', { step: 'http-fetch/6.3', result: 'manual', facts })
      return opaqueRedirectFilteredResponse(response)
    case 'follow':
      // 6.3.2. Set response to the result of running HTTP-redirect fetch given fetchParams and response.
      return yield* httpRedirectFetch(fetchParams, response)
  }
}

/** Whether the status is a redirect status, or one that the browser takes for one. */
const isRedirect = ({ profile }: FetchParams, { status, headerList }: ActualResponse): boolean =>
  isRedirectStatus(status) ||
  (profile.ways.redirectsOnOtherStatuses && status > 308 && status < 400 && (get(headerList, 'Location') ?? '') !== '')

/** The negation of step 4.1's conditions. */
function isInPreflightCache(fetchParams: FetchParams): boolean {
  if (fetchParams.preflightCache.length === 0) return false
  const { request, profile } = fetchParams
  const key = cacheKey(request)
  const known = entriesFor(fetchParams.preflightCache, key)
  fetchParams.preflightCache = withoutExpiredEntries(fetchParams.preflightCache, fetchParams.now)
  const cache = fetchParams.preflightCache

  // 4.1. There is no method cache entry match for request's method using request, and either request's method is not a CORS-safelisted method or
  // request's use-CORS-preflight flag is set.
  const methodIsIn =
    methodCacheEntryMatch(cache, key, request.method, profile.ways) ||
    (isCORSSafelistedMethod(request.method) &&
      !(request.method === 'HEAD' && profile.ways.cacheHasToNameHEAD) &&
      (!request.useCORSPreflightFlag || profile.ways.missingMethodsAllowNone))

  // 4.1. There is at least one item in the CORS-unsafe request-header names with request's header list for which there is no header-name cache
  // entry match using request.
  const headerNames = unsafeNamesOf(fetchParams).names
  const missing = headerNames.filter((name) => !headerNameCacheEntryMatch(cache, key, name, profile.ways))

  // Some browsers preflight where the standard would not; then no entry at all is no match either.
  const isMatched = cache.some((entry) => cacheEntryMatch(entry, key, profile.ways))
  if (isMatched && methodIsIn && missing.length === 0) {
    rule(fetchParams, 'passed', { step: 'http-fetch/4.1', result: 'in the cache', facts: { method: request.method, headerNames } })
    return true
  }
  if (known.length > 0) {
    const isExpired = entriesFor(cache, key).length === 0
    const facts = { isExpired, isMatched, method: methodIsIn ? null : request.method, headerNames: missing }
    rule(fetchParams, 'decided', { step: 'http-fetch/4.1', result: 'not in the cache', facts })
    if (profile.ways.keepsLastPreflightOnly) fetchParams.preflightCache = clearCacheEntries(cache, key)
  }
  return false
}

/** The second check of a redirect, by a browser that thinks of the credentials that the request began with. */
function checkAgainLate(fetchParams: FetchParams, input: CORSCheckInput, response: ActualResponse): void {
  const { profile, memory } = fetchParams
  if (!profile.ways.checksRedirectsWithInitialCredentials || !memory.credentialed || !isRedirect(fetchParams, response)) return
  const ruling = corsCheck({ ...input, credentialsMode: 'include' }, response.headerList, response.status)
  const deviation = 'checksRedirectsWithInitialCredentials'
  if (ruling.result === 'failure') memory.lateRefusal = { ruling, deviation, withoutPreflight: deviation }
}
