import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { extractHeaderListValues } from '#shared/fetch/extract-header-list-values'
import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { isCORSSafelistedMethod } from '#shared/fetch/methods'
import { currentURL } from '#shared/fetch/request'
import { allowOrigin, firstNameNotAllowed, isRedirect, lastAnswer, text } from './facts.ts'

/** As Firefox 153 prints them: dom/locales/en-US/chrome/security/security.properties, from netwerk/protocol/http/nsCORSListenerProxy.cpp */
export function firefoxMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  if (stopped === undefined) return undefined
  if (stopped.step === 'main-fetch/12') {
    if (stopped.result !== 'not same origin') return undefined
    return `Security Error: Content at ${contentURL(fetchParams)} may not load data from ${text(stopped.facts?.['url'])}.`
  }
  const at = withoutCredentials(currentURL(fetchParams.request))
  const blocked = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'
  if (stopped.step === 'cors-check/4' && text(stopped.facts?.['allowOrigin']) === '*') {
    return `${blocked} ‘${at}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`
  }
  const reason = reasonOf(fetchParams, stopped)
  return reason === undefined ? undefined : `${blocked} ${at}. (Reason: ${reason}`
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

const withoutCredentials = (url: URL): string => url.href.replace(/^([a-z]+:\/\/)[^/@]*@/, '$1')

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const answer = lastAnswer(fetchParams)
  if (answer === null)
    return fetchParams.request.responseTainting === 'cors' ? 'CORS request did not succeed). Status code: (null).' : undefined
  if (stopped.step === 'http-network-fetch/8.5')
    return fetchParams.request.responseTainting === 'cors' ? 'CORS request did not succeed). Status code: (null).' : undefined
  const { request } = fetchParams
  const { headerList, status, kind } = answer
  if (kind === 'preflight' && isRedirect(answer)) return 'CORS request external redirect not allowed).'

  switch (stopped.step) {
    case 'cors-check/2':
      return `CORS header ‘Access-Control-Allow-Origin’ missing). Status code: ${status}.`
    case 'cors-check/4':
      return headerList.filter(([name]) => byteCaseInsensitiveMatch(name, 'Access-Control-Allow-Origin')).length > 1
        ? 'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).'
        : `CORS header ‘Access-Control-Allow-Origin’ does not match ‘${allowOrigin(headerList)}’).`
    case 'cors-check/8':
      return 'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).'
    case 'cors-preflight-fetch/8':
      return `CORS preflight response did not succeed). Status code: ${status}.`
    case 'cors-preflight-fetch/7.3':
      // Firefox is through with the methods before it reads the headers.
      if (text(stopped.facts?.['header']) === 'Access-Control-Allow-Headers' && !isMethodAllowed(fetchParams, headerList))
        return methodNotFound
      return `invalid token ‘${text(stopped.facts?.['invalid'])}’ in CORS header ‘${text(stopped.facts?.['header'])}’).`
    case 'cors-preflight-fetch/7.5':
      return methodNotFound
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `header ‘${firstNameNotAllowed(stopped, true)}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`
    case 'http-redirect-fetch/5':
      return request.responseTainting === 'cors' ? 'CORS request did not succeed). Status code: (null).' : undefined
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      return 'CORS request did not succeed). Status code: (null).'
    default:
      return undefined
  }
}
