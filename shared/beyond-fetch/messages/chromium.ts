import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { allowOrigin, firstNameNotAllowed, isRedirect, lastAnswer, text } from './facts.ts'

/** As Chromium 156 prints them: third_party/blink/renderer/platform/loader/cors/cors_error_string.cc */
export function chromiumMessage(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  if (stopped.step === 'main-fetch/12') return beforeSending(fetchParams, stopped)
  const reason = reasonOf(fetchParams, stopped)
  if (reason === undefined) return undefined

  const { request } = fetchParams
  const call = request.initiatorType === 'fetch' ? 'fetch' : 'XMLHttpRequest'
  const [first] = request.urlList
  // A redirect that was refused has not been taken: the URL is the one that answered.
  const at = fetchParams.exchanges.at(-1)?.sent.url ?? ''
  const redirected = first === undefined || request.urlList.length === 1 ? '' : ` (redirected from '${withoutFragment(first)}')`
  return `Access to ${call} at '${at}'${redirected} from origin '${request.origin.serialized}' has been blocked by CORS policy: ${reason}`
}

const withoutFragment = (url: URL): string => url.href.replace(/#.*$/, '')

function beforeSending({ request }: FetchParams, stopped: RecordedRuling): string | undefined {
  if (request.redirectCount > 0) return undefined
  const url = text(stopped.facts?.['url'])
  switch (stopped.result) {
    case 'not same origin':
      return `Fetch API cannot load ${url}. Request mode is "same-origin" but the URL's origin is not same as the request origin ${request.origin.serialized}.`
    case 'no-cors needs redirect mode follow':
      return `Fetch API cannot load ${url}. Request mode is "no-cors" but the redirect mode is not "follow".`
    default:
      return undefined
  }
}

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const answer = lastAnswer(fetchParams)
  if (answer === null) return undefined
  const isPreflight = answer.kind === 'preflight'
  const preface = isPreflight ? "Response to preflight request doesn't pass access control check: " : ''
  if (isPreflight && isRedirect(answer)) return `${preface}Redirect is not allowed for a preflight request.`

  switch (stopped.step) {
    case 'cors-check/2':
      return `${preface}No 'Access-Control-Allow-Origin' header is present on the requested resource.`
    case 'cors-check/4':
      return preface + mismatch(fetchParams, allowOrigin(answer.headerList))
    case 'cors-check/8': {
      const value = get(answer.headerList, 'Access-Control-Allow-Credentials') ?? ''
      return `${preface}The value of the 'Access-Control-Allow-Credentials' header in the response is '${value}' which must be 'true' when the request's credentials mode is 'include'.${withCredentials(fetchParams)}`
    }
    case 'cors-preflight-fetch/8':
      return `${preface}It does not have HTTP ok status.`
    case 'cors-preflight-fetch/7.3':
      return `Cannot parse ${text(stopped.facts?.['header'])} response header field in preflight response.`
    case 'cors-preflight-fetch/7.5':
      return `Method ${text(stopped.facts?.['method'])} is not allowed by Access-Control-Allow-Methods in preflight response.`
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `Request header field ${firstNameNotAllowed(stopped, true)} is not allowed by Access-Control-Allow-Headers in preflight response.`
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      // The location is left out of the message; where it is refused for fetch() alone there is no message.
      return stopped.deviation === undefined
        ? "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."
        : undefined
    default:
      return undefined
  }
}

/** services/network/public/cpp/cors/cors.cc, CheckAccess */
function mismatch(fetchParams: FetchParams, value: string): string {
  const { request } = fetchParams
  if (value === '*') {
    return `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.${withCredentials(fetchParams)}`
  }
  const advice = request.initiatorType === 'fetch' ? ' Have the server send the header with a valid value.' : ''
  const header = "The 'Access-Control-Allow-Origin' header"
  if (/[ ,]/.test(value)) return `${header} contains multiple values '${value}', but only one is allowed.${advice}`
  if (value !== 'null' && !URL.canParse(value)) return `${header} contains the invalid value '${value}'.${advice}`
  return `${header} has a value '${value}' that is not equal to the supplied origin.${advice}`
}

const withCredentials = ({ request }: FetchParams): string =>
  request.initiatorType === 'fetch' ? '' : ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.'
