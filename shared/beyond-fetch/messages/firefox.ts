import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { utf8Decode } from '#shared/fetch/byte-strings'
import { extractHeaderListValues } from '#shared/fetch/extract-header-list-values'
import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { locationURLOf } from '#shared/fetch/location-url'
import { isCORSSafelistedMethod } from '#shared/fetch/methods'
import { isMixedContentBlocked } from '#shared/fetch/mixed-content'
import { isSameOrigin } from '#shared/fetch/origin'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { firefoxCookieMessage } from './firefox-cookies.ts'
import { firefoxTypeMessage } from './firefox-elements.ts'
import { allowOrigin, firstNameNotAllowed, hasLeftItsOrigin, isRedirect, lastAnswer, text } from './facts.ts'
import { firefoxMixedContentMessage } from './mixed-content.ts'

const blocked = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'
const didNotSucceed = 'CORS request did not succeed). Status code: (null).'

/** As Firefox 153 prints them: dom/locales/en-US/chrome/security/security.properties, from netwerk/protocol/http/nsCORSListenerProxy.cpp */
export function firefoxMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  const ofCookies = firefoxCookieMessage(fetchParams)
  if (ofCookies !== undefined) return ofCookies
  if (stopped === undefined) return undefined
  const { request } = fetchParams
  const url = currentURL(request)
  const ofType = firefoxTypeMessage(fetchParams, stopped)
  if (ofType !== undefined) return ofType
  switch (stopped.step) {
    case 'main-fetch/7':
      if (hasLeftItsOrigin(request)) return mayNotLoad(fetchParams, url.href)
      if (stopped.result === 'mixed content') return firefoxMixedContentMessage(fetchParams, stopped.facts)
      return stopped.result === 'blocked' ? badPort(request) : undefined
    case 'main-fetch/12':
      return beforeSending(fetchParams, stopped, url)
    case 'http-fetch/5':
      return `The resource at “${url.href}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#`
    case 'http-redirect-fetch/6':
      return ledElsewhere(fetchParams, url, text(stopped.facts?.['locationURL']))
    default:
  }
  const ofLocation = stopped.step.startsWith('cors-check/') ? locationLookedAtFirst(fetchParams) : undefined
  if (ofLocation !== undefined) return ofLocation
  if (stopped.step === 'cors-check/4' && text(stopped.facts?.['allowOrigin']) === '*') {
    return `${blocked} ‘${url.href}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`
  }
  const reason = reasonOf(fetchParams, stopped)
  return reason === undefined ? undefined : `${blocked} ${url.href}. (Reason: ${reason}`
}

const mayNotLoad = (fetchParams: FetchParams, url: string): string =>
  `Security Error: Content at ${contentURL(fetchParams)} may not load data from ${url}.`

function badPort(request: Request): string | undefined {
  const before = request.urlList.at(-2)
  return request.responseTainting === 'cors' && before !== undefined ? `${blocked} ${before.href}. (Reason: ${didNotSucceed}` : undefined
}

function beforeSending(fetchParams: FetchParams, { result }: RecordedRuling, { href, protocol }: URL): string | undefined {
  if (result === 'not same origin') return mayNotLoad(fetchParams, href)
  if (result !== 'not an HTTP(S) scheme' && result !== 'nothing to fetch') return undefined
  if (protocol === 'file:') return `Security Error: Content at ${contentURL(fetchParams)} may not load or link to ${href}.`
  if (protocol === 'blob:') return mayNotLoad(fetchParams, href)
  return result === 'not an HTTP(S) scheme' ? `${blocked} ${href}. (Reason: CORS request not http).` : undefined
}

/** Where a redirect leads is looked at before CORS is: some of what would be refused there is refused at once. */
function locationLookedAtFirst(fetchParams: FetchParams): string | undefined {
  const { request, profile } = fetchParams
  const answer = lastAnswer(fetchParams)
  if (answer?.kind !== 'request' || !isRedirect(answer)) return undefined
  const url = currentURL(request)
  const location = locationURLOf(answer, url, profile.ways)
  if (location === null || location === 'no redirect') return undefined
  if (location === 'failure' || refusedUnread.test(location.href)) return `${blocked} ${url.href}. (Reason: ${didNotSucceed}`
  if (isMixedContentBlocked(fetchParams, location))
    return firefoxMixedContentMessage(fetchParams, { page: fetchParams.pageOrigin, url: location.href })
  return securityError(fetchParams, url, location)
}

const refusedUnread = /^(?:data|javascript|wss?):/

/** What is on this machine or in the browser is not to be led to. */
function securityError(fetchParams: FetchParams, url: URL, location: URL): string | undefined {
  const content = fetchParams.request.initiatorType === 'fetch' ? url.href : contentURL(fetchParams)
  if (location.protocol === 'file:') return `Security Error: Content at ${content} may not load or link to ${location.href}.`
  const isOthersBlob = location.protocol === 'blob:' && !isSameOrigin(fetchParams.request.origin, location)
  return isOthersBlob ? `Security Error: Content at ${content} may not load data from ${location.href}.` : undefined
}

/** A redirect to what is not HTTP(S): some schemes are refused by name, others before anyone looks at CORS. */
function ledElsewhere(fetchParams: FetchParams, url: URL, location: string): string | undefined {
  const { request } = fetchParams
  const error = securityError(fetchParams, url, new URL(location))
  if (error !== undefined) return error
  if (request.mode === 'cors' && !refusedUnread.test(location) && !location.startsWith('blob:'))
    return `${blocked} ${location}. (Reason: CORS request not http).`
  return request.responseTainting === 'cors' ? `${blocked} ${url.href}. (Reason: ${didNotSucceed}` : undefined
}

/** An opaque origin shows as a name made up anew for every document, which nobody can foretell. */
const contentURL = ({ request }: FetchParams): string =>
  request.origin.opaque
    ? `moz-nullprincipal:{00000000-0000-0000-0000-000000000000}?${(request.referrer ?? '').replace(/\/$/, '')}`
    : `${request.origin.serialized}/`

const methodNotFound = 'Did not find method in CORS header ‘Access-Control-Allow-Methods’).'

function isMethodAllowed({ request }: FetchParams, headerList: HeaderList): boolean {
  const methods = extractHeaderListValues('Access-Control-Allow-Methods', headerList) ?? []
  return (
    isCORSSafelistedMethod(request.method) ||
    methods.includes(request.method) ||
    (request.credentialsMode !== 'include' && methods.includes('*'))
  )
}

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const { request } = fetchParams
  const failed = request.responseTainting === 'cors' ? didNotSucceed : undefined
  const answer = lastAnswer(fetchParams)
  if (answer === null || stopped.step === 'http-network-fetch/8.5') return failed
  const { headerList, status, kind } = answer
  if (kind === 'preflight' && isRedirect(answer) && !stopped.step.startsWith('cors-check/'))
    return 'CORS request external redirect not allowed).'

  switch (stopped.step) {
    case 'cors-check/2':
      return `CORS header ‘Access-Control-Allow-Origin’ missing). Status code: ${status}.`
    case 'cors-check/4':
      return headerList.filter(([name]) => byteCaseInsensitiveMatch(name, 'Access-Control-Allow-Origin')).length > 1
        ? 'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).'
        : `CORS header ‘Access-Control-Allow-Origin’ does not match ‘${utf8Decode(allowOrigin(headerList))}’).`
    case 'cors-check/8':
      return 'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).'
    case 'cors-preflight-fetch/8':
      return `CORS preflight response did not succeed). Status code: ${status}.`
    case 'cors-preflight-fetch/7.3':
      // Firefox is through with the methods before it reads the headers.
      if (text(stopped.facts?.['header']) === 'Access-Control-Allow-Headers' && !isMethodAllowed(fetchParams, headerList))
        return methodNotFound
      return `invalid token ‘${utf8Decode(text(stopped.facts?.['invalid']))}’ in CORS header ‘${text(stopped.facts?.['header'])}’).`
    case 'cors-preflight-fetch/7.5':
      return methodNotFound
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `header ‘${firstNameNotAllowed(stopped, true)}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`
    case 'http-redirect-fetch/5':
    case 'http-redirect-fetch/7':
      return failed
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      return didNotSucceed
    default:
      return undefined
  }
}
