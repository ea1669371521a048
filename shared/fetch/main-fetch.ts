import { blockedDueToItsMIMEType, blockedDueToNosniff } from './blocked-by-type.ts'
import { corsPreflightFetch } from './cors-preflight-fetch.ts'
import { clearCacheEntries, cacheKey } from './cors-preflight-cache.ts'
import { extractHeaderListValues, splitList } from './extract-header-list-values.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { basicFilteredResponse, corsFilteredResponse, opaqueFilteredResponse } from './filtered-response.ts'
import { dataURLParts } from './data-url.ts'
import { byteLowercase, get } from './header-list.ts'
import type { Header } from './header-list.ts'
import { httpFetch } from './http-fetch.ts'
import { isCORSSafelistedMethod } from './methods.ts'
import { upgradeOrBlockMixedContent } from './mixed-content.ts'
import { isHTTPScheme, isSameOrigin } from './origin.ts'
import { isBadPort } from './port-blocking.ts'
import { currentURL } from './request.ts'
import { networkError } from './response.ts'
import type { ActualResponse, Response } from './response.ts'
import type { FetchSteps } from './steps.ts'
import { isToken } from './tokens.ts'
import { unsafeNamesOf } from './unsafe-names.ts'

/** https://fetch.spec.whatwg.org/#concept-main-fetch */
export function* mainFetch(fetchParams: FetchParams, recursive = false): FetchSteps<Response> {
  // 1. Let request be fetchParams's request.
  const { request, profile } = fetchParams

  // 2-4. Not modelled: local-URLs-only flag, Content Security Policy.
  // 5-6. Upgrade a mixed content request to a potentially trustworthy URL, if appropriate. Not modelled: upgrades of insecure requests.
  // 7. If … should fetching request be blocked as mixed content … returns blocked, then set response to a network error.
  if (upgradeOrBlockMixedContent(fetchParams)) return networkError

  // 7. If should request be blocked due to a bad port … returns blocked, then set response to a network error.
  const url = currentURL(request)
  if (isHTTPScheme(url) && isBadPort(url) && !profile.ways.allowsBadPorts.includes(url.port)) {
    rule(fetchParams, 'stopped', { step: 'main-fetch/7', result: 'blocked', facts: { url: url.href, port: url.port } })
    return networkError
  }

  const refused = request.headerList.find(([name]) => profile.ways.refusesRequestHeaders.includes(byteLowercase(name)))
  if (refused !== undefined) {
    rule(
      fetchParams,
      'stopped',
      { step: 'main-fetch/7', result: 'refused', facts: { url: url.href, headerName: refused[0] } },
      'refusesRequestHeaders',
    )
    return networkError
  }

  if (request.hostIsNoHost) {
    rule(fetchParams, 'stopped', { step: 'main-fetch/7', result: 'no such host', facts: { url: url.href } }, 'readsSpacesInHosts')
    return networkError
  }

  // 8-11. Not modelled: referrer policies other than the default, HSTS.

  // 12. If response is null, then set response to the result of running the steps corresponding to the first matching statement:
  const response = yield* schemeOrHTTPFetch(fetchParams)

  // 13. If recursive is true, then return response.
  if (recursive || response.type !== 'default') return response
  if (isKeptFromElement(fetchParams, response)) return networkError

  // 14. If response is not a network error and response is not a filtered response, then:
  const filteredResponse = filtered(fetchParams, response)

  // 15-19. Not modelled: timing.
  // 20. If … any of the following returns blocked: … should internalResponse to request be blocked due to its MIME type, … due to nosniff; then
  // set response and internalResponse to a network error.
  const { destination } = request
  if (destination === '') return filteredResponse
  const blocked = blockedDueToItsMIMEType(destination, response.headerList) ?? blockedDueToNosniff(destination, response.headerList)
  if (blocked === null) return filteredResponse
  rule(fetchParams, 'stopped', blocked)
  return networkError

  // 21-24. Ranges, integrity metadata: not modelled.
}

/** Opaque-response blocking, where the browser has it: before the response goes to an element. */
function isKeptFromElement(fetchParams: FetchParams, response: ActualResponse): boolean {
  const { request, profile } = fetchParams
  if (request.responseTainting !== 'opaque' || request.destination === '') return false
  const ruling = profile.ways.blocksOpaqueResponse(response)
  if (ruling !== null) rule(fetchParams, 'stopped', ruling, 'blocksOpaqueResponses')
  return ruling !== null
}

/** The choice in step 12. */
function* schemeOrHTTPFetch(fetchParams: FetchParams): FetchSteps<Response> {
  const { request, profile, memory } = fetchParams
  const url = currentURL(request)
  const facts = { url: url.href, origin: request.origin.serialized, mode: request.mode }

  // 12. request's current URL's origin is same origin with request's origin, and request's response tainting is "basic": HTTP fetch, without CORS.
  if (isSameOrigin(request.origin, url) && request.responseTainting === 'basic') {
    if (!isHTTPScheme(url)) return aboutBlankOrNothing(fetchParams, url)
    rule(fetchParams, 'passed', { step: 'main-fetch/12', result: 'same origin', facts })
    return yield* httpFetch(fetchParams, false)
  }

  // 12. request's current URL's scheme is "data": scheme fetch, without CORS.
  if (url.protocol === 'data:') return dataResponse(fetchParams, url)

  // 12. request's mode is "navigate": set request's response tainting to "basic", and scheme fetch, without CORS.
  if (request.mode === 'navigate') {
    request.responseTainting = 'basic'
    if (!isHTTPScheme(url)) return aboutBlankOrNothing(fetchParams, url)
    rule(fetchParams, 'passed', { step: 'main-fetch/12', result: 'navigate', facts })
    return yield* httpFetch(fetchParams, false)
  }

  // 12. request's mode is "same-origin": return a network error.
  if (request.mode === 'same-origin') {
    rule(fetchParams, 'stopped', { step: 'main-fetch/12', result: 'not same origin', facts })
    return networkError
  }

  // 12. request's mode is "no-cors": if request's redirect mode is not "follow", then return a network error.
  if (request.mode === 'no-cors') {
    if (request.redirectMode !== 'follow') {
      rule(fetchParams, 'stopped', {
        step: 'main-fetch/12',
        result: 'no-cors needs redirect mode follow',
        facts: { ...facts, redirectMode: request.redirectMode },
      })
      return networkError
    }
    // 12. Set request's response tainting to "opaque".
    request.responseTainting = 'opaque'
    if (!isHTTPScheme(url)) return aboutBlankOrNothing(fetchParams, url)
    rule(fetchParams, 'passed', { step: 'main-fetch/12', result: 'no-cors', facts })
    return yield* httpFetch(fetchParams, false)
  }

  // 12. request's current URL's scheme is not an HTTP(S) scheme: return a network error.
  if (!isHTTPScheme(url)) {
    rule(fetchParams, 'stopped', { step: 'main-fetch/12', result: 'not an HTTP(S) scheme', facts: { ...facts, scheme: url.protocol } })
    return networkError
  }

  // 12. request's use-CORS-preflight flag is set, or request's unsafe-request flag is set and either request's method is not a CORS-safelisted
  // method or CORS-unsafe request-header names with request's header list is not empty: with a preflight.
  const { names: unsafeHeaderNames, lastOnesStripped, deviation } = unsafeNamesOf(fetchParams)
  const unsafeMethod = isCORSSafelistedMethod(request.method) ? null : request.method
  const again = profile.ways.preflightsAgainAfterRedirect && (memory.preflighted || lastOnesStripped)
  const useCORSPreflightFlag = request.useCORSPreflightFlag && !(profile.ways.uploadListenerNeedsBody && !memory.hadBody)
  const byStandard = useCORSPreflightFlag || (request.unsafeRequestFlag && (unsafeMethod !== null || unsafeHeaderNames.length > 0))
  const needsPreflight = byStandard || again
  request.responseTainting = 'cors'
  rule(
    fetchParams,
    'decided',
    {
      step: 'main-fetch/12',
      result: needsPreflight ? 'CORS with preflight' : 'CORS',
      facts: { ...facts, unsafeMethod, unsafeHeaderNames, useCORSPreflightFlag, needsPreflight, preflightedBefore: again },
    },
    again && !byStandard
      ? 'preflightsAgainAfterRedirect'
      : !needsPreflight && request.useCORSPreflightFlag
        ? 'uploadListenerNeedsBody'
        : deviation,
  )
  if (memory.lateRefusal !== null) {
    const preflightResponse = needsPreflight ? yield* corsPreflightFetch(fetchParams) : null
    if (preflightResponse?.type === 'error') return preflightResponse
    rule(
      fetchParams,
      'stopped',
      memory.lateRefusal.ruling,
      needsPreflight ? memory.lateRefusal.deviation : memory.lateRefusal.withoutPreflight,
    )
    return networkError
  }
  if (!needsPreflight) return yield* httpFetch(fetchParams, false)

  memory.preflighted = true
  const corsWithPreflightResponse = yield* httpFetch(fetchParams, true)
  // 12. If corsWithPreflightResponse is a network error, then clear cache entries using request.
  const isKept = profile.ways.keepsLastPreflightOnly || fetchParams.preflightCache.length === 0
  if (corsWithPreflightResponse.type === 'error' && !isKept) {
    fetchParams.preflightCache = clearCacheEntries(fetchParams.preflightCache, cacheKey(request))
  }
  return corsWithPreflightResponse
}

/** https://fetch.spec.whatwg.org/#scheme-fetch, for schemes other than HTTP(S) and "data"; no blob: URL stands for anything here. */
function aboutBlankOrNothing(fetchParams: FetchParams, url: URL): Response {
  const facts = { url: url.href, scheme: url.protocol }
  // 12. Return the result of running override fetch given "scheme-fetch" and fetchParams.
  const isAboutBlank = url.protocol === 'about:' && url.pathname === 'blank'
  if (isAboutBlank && !fetchParams.profile.ways.refusesAboutBlank) {
    rule(fetchParams, 'passed', { step: 'main-fetch/12', result: 'about:blank', facts })
    return { type: 'default', status: 200, headerList: [['Content-Type', 'text/html;charset=utf-8']] }
  }
  rule(fetchParams, 'stopped', { step: 'main-fetch/12', result: 'nothing to fetch', facts }, isAboutBlank ? 'refusesAboutBlank' : undefined)
  return networkError
}

/** https://fetch.spec.whatwg.org/#scheme-fetch, for "data". */
function dataResponse(fetchParams: FetchParams, url: URL): Response {
  const parts = dataURLParts(url)
  const facts = { url: url.href, scheme: url.protocol }
  // 12. Return the result of running override fetch given "scheme-fetch" and fetchParams.
  if (parts === null) {
    rule(fetchParams, 'stopped', { step: 'main-fetch/12', result: 'not a data: URL', facts })
    return networkError
  }
  rule(fetchParams, 'passed', { step: 'main-fetch/12', result: 'data', facts })
  const length: Header[] =
    fetchParams.profile.ways.measuresDataURLs && fetchParams.request.initiatorType === 'fetch'
      ? [['Content-Length', String(parts.data.length)]]
      : []
  return { type: 'default', status: 200, headerList: [['Content-Type', parts.mimeType], ...length] }
}

/** Step 14. */
function filtered(fetchParams: FetchParams, response: ActualResponse): Response {
  const { request } = fetchParams

  // 14.1. If request's response tainting is "cors", then:
  if (request.responseTainting === 'cors') {
    // 14.1.1. Let headerNames be the result of extracting header list values given `Access-Control-Expose-Headers` and response's header list.
    const headerNames = extractHeaderListValues('Access-Control-Expose-Headers', response.headerList)
    const facts = { credentialsMode: request.credentialsMode, exposed: headerNames === 'failure' ? null : headerNames }

    // 14.1.2. If request's credentials mode is not "include" and headerNames contains `*`, then set response's CORS-exposed header-name list to
    // all unique header names in response's header list.
    const hasWildcard = headerNames !== 'failure' && headerNames?.includes('*') === true
    const hasEarlyWildcard = headerNames === 'failure' && exposesAllRegardless(fetchParams, response)
    if (request.credentialsMode !== 'include' && (hasWildcard || hasEarlyWildcard)) {
      rule(
        fetchParams,
        'passed',
        { step: 'main-fetch/14.1.2', result: 'all header names', facts },
        hasEarlyWildcard ? 'wildcardEndsExposedNames' : undefined,
      )
      return corsFilteredResponse(response, new Set(response.headerList.map(([name]) => byteLowercase(name))))
    }

    // 14.1.3. Otherwise, if headerNames is non-null or failure, then set response's CORS-exposed header-name list to headerNames.
    const list = headerNames === null || headerNames === 'failure' ? [] : headerNames
    rule(fetchParams, 'passed', { step: 'main-fetch/14.1.3', result: headerNames === 'failure' ? 'failure' : 'the names listed', facts })
    return corsFilteredResponse(response, new Set(list.map(byteLowercase)))
  }

  // 14.2. Set response to the following filtered response … depending on request's response tainting:
  const tainting = request.responseTainting
  rule(fetchParams, 'passed', { step: 'main-fetch/14.2', result: tainting })
  return tainting === 'basic' ? basicFilteredResponse(response) : opaqueFilteredResponse(response)
}

/** Whether a `*` comes before the first member that is no token, in a browser that reads no further. */
function exposesAllRegardless({ request, profile }: FetchParams, { headerList }: ActualResponse): boolean {
  if (!profile.ways.wildcardEndsExposedNames || request.initiatorType !== 'fetch') return false
  const members = splitList(get(headerList, 'Access-Control-Expose-Headers') ?? '')
  return members.find((member) => member === '*' || !isToken(member)) === '*'
}
