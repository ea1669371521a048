import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import { allowOrigin, firstNameNotAllowed, isRedirect, lastAnswer, text } from './facts.ts'

/** As Firefox 153 prints them: dom/locales/en-US/chrome/security/security.properties, from netwerk/protocol/http/nsCORSListenerProxy.cpp */
export function firefoxMessage(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const { request } = fetchParams
  if (stopped.step === 'main-fetch/12') {
    if (stopped.result !== 'not same origin' || request.redirectCount > 0) return undefined
    return `Security Error: Content at ${contentURL(fetchParams)} may not load data from ${text(stopped.facts?.['url'])}.`
  }
  const at = fetchParams.exchanges.at(-1)?.sent.url ?? ''
  const blocked = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'
  if (stopped.step === 'cors-check/4' && text(stopped.facts?.['allowOrigin']) === '*') {
    return `${blocked} ‘${at}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`
  }
  const reason = reasonOf(fetchParams, stopped)
  return reason === undefined ? undefined : `${blocked} ${at}. (Reason: ${reason}`
}

/** An opaque origin shows as a name made up anew for every document, which nobody can foretell. */
const contentURL = ({ request }: FetchParams): string =>
  request.origin.opaque ? `moz-nullprincipal:{00000000-0000-0000-0000-000000000000}?${(request.referrer ?? '').replace(/\/$/, '')}` : `${request.origin.serialized}/`

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const answer = lastAnswer(fetchParams)
  if (answer === null) return fetchParams.request.responseTainting === 'cors' ? 'CORS request did not succeed). Status code: (null).' : undefined
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
      return `invalid token ‘${text(stopped.facts?.['invalid'])}’ in CORS header ‘${text(stopped.facts?.['header'])}’).`
    case 'cors-preflight-fetch/7.5':
      return 'Did not find method in CORS header ‘Access-Control-Allow-Methods’).'
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `header ‘${firstNameNotAllowed(stopped, true)}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      return 'CORS request did not succeed). Status code: (null).'
    default:
      return undefined
  }
}
