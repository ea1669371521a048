import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { byteCaseInsensitiveMatch, byteLowercase, get } from '#shared/fetch/header-list'
import { locationURLOf } from '#shared/fetch/location-url'
import { includesCredentials, isSameOrigin } from '#shared/fetch/origin'
import { isPotentiallyTrustworthy } from '#shared/fetch/potentially-trustworthy'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { inBlinksOrder } from './blink-header-order.ts'
import { calledByChromium, chromiumTypeMessage } from './chromium-elements.ts'
import { allowOrigin, firstNameNotAllowed, hasLeftItsOrigin, isRedirect, lastAnswer, text } from './facts.ts'
import { chromiumMixedContentMessage } from './mixed-content.ts'

/** As Chromium 156 prints them: third_party/blink/renderer/platform/loader/cors/cors_error_string.cc */
export function chromiumMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  const { request } = fetchParams
  const unsafe = unsafeHeader(fetchParams)
  if (unsafe !== undefined) return `Refused to set unsafe header "${unsafe}"`
  if (stopped?.step === 'main-fetch/7' && hasLeftItsOrigin(request)) return otherOrigin(request)
  const ofMixedContent = chromiumMixedContentMessage(fetchParams)
  if (ofMixedContent !== undefined) return ofMixedContent
  if (stopped === undefined) return undefined
  const ofType = chromiumTypeMessage(fetchParams, stopped)
  if (ofType !== undefined) return ofType
  if (stopped.step === 'main-fetch/12') return beforeSending(fetchParams, stopped)
  if (stopped.step === 'main-fetch/7') return undefined
  const scheme = text(stopped.facts?.['scheme'])
  const isForeignScheme = stopped.step === 'http-redirect-fetch/6' && !unsafeRedirectSchemes.includes(scheme)
  const reason = isForeignScheme ? onlyCORSSchemes : reasonOf(fetchParams, stopped)
  if (reason === undefined) return undefined

  const call = calledByChromium(request)
  const [first] = request.urlList
  const redirected = first === undefined || (request.urlList.length === 1 && !isForeignScheme) ? '' : ` (redirected from '${first.href}')`
  const at = isForeignScheme ? text(stopped.facts?.['locationURL']) : currentURL(request).href
  return `Access to ${call} at '${at}'${redirected} from origin '${request.origin.serialized}' has been blocked by CORS policy: ${reason}`
}

/** setRequestHeader() says which header it leaves out; `User-Agent` is one of them there. */
function unsafeHeader({ request, authorHeaderList, droppedHeaders }: FetchParams): string | undefined {
  if (request.initiatorType !== 'xmlhttprequest') return undefined
  return droppedHeaders[0] ?? authorHeaderList.find(([name]) => byteCaseInsensitiveMatch(name, 'User-Agent'))?.[0]
}

/** Schemes that the network stack itself refuses to be led to, without a message. */
const unsafeRedirectSchemes = ['about:', 'blob:', 'data:', 'file:']
const onlyCORSSchemes =
  'Cross origin requests are only supported for protocol schemes: chrome, chrome-experimental-site-token-provider, chrome-extension, ' +
  'chrome-untrusted, data, http, https, isolated-app.'

function beforeSending({ request }: FetchParams, stopped: RecordedRuling): string | undefined {
  const url = text(stopped.facts?.['url'])
  if (stopped.result === 'not same origin') return otherOrigin(request)
  if (request.redirectCount > 0) return undefined
  switch (stopped.result) {
    case 'no-cors needs redirect mode follow':
      return `Fetch API cannot load ${url}. Request mode is "no-cors" but the redirect mode is not "follow".`
    case 'not an HTTP(S) scheme':
    case 'nothing to fetch':
      return unsupportedScheme(request, stopped.result, url, text(stopped.facts?.['scheme']))
    default:
      return undefined
  }
}

/** Of a request in the mode "same-origin". */
function otherOrigin(request: Request): string | undefined {
  const { href } = currentURL(request)
  if (request.redirectCount === 0)
    return `Fetch API cannot load ${href}. Request mode is "same-origin" but the URL's origin is not same as the request origin ${request.origin.serialized}.`
  return request.initiatorType === 'other'
    ? undefined
    : `Unsafe attempt to load URL ${href} from frame with URL ${request.referrer ?? ''}. Domains, protocols and ports must match.`
}

function unsupportedScheme(request: Request, result: string, url: string, scheme: string): string | undefined {
  if (scheme === 'file:' || (scheme === 'blob:' && result === 'nothing to fetch')) return `Not allowed to load local resource: ${url}`
  if (request.initiatorType === 'fetch') return `Fetch API cannot load ${url}. URL scheme "${scheme.slice(0, -1)}" is not supported.`
  if (scheme === 'ftp:' && request.initiatorType === 'xmlhttprequest') return 'FTP is not supported.'
  if (request.mode === 'no-cors') return undefined
  return `Access to ${calledByChromium(request)} at '${url}' from origin '${request.origin.serialized}' has been blocked by CORS policy: ${onlyCORSSchemes}`
}

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const { request } = fetchParams
  const answer = lastAnswer(fetchParams)
  if (answer === null) return undefined
  const isPreflight = answer.kind === 'preflight'
  const locationURL = isRedirect(answer) ? locationURLOf(answer, currentURL(request), fetchParams.profile.ways) : null
  if (stopped.step.startsWith('http-network-fetch')) return undefined
  // The network stack gives up on a Location that is no URL before CORS is looked at.
  if (!isPreflight && locationURL === 'failure') return undefined
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
      return `Request header field ${firstNameNotAllowed(stopped, true, namesInOrder(fetchParams))} is not allowed by Access-Control-Allow-Headers in preflight response.`
    case 'http-fetch/6.3':
      return locationURL instanceof URL &&
        request.mode === 'cors' &&
        includesCredentials(locationURL) &&
        leavesOrigin(fetchParams, locationURL)
        ? credentialsInLocation
        : undefined
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      return stopped.deviation === undefined ? credentialsInLocation : undefined
    default:
      return undefined
  }
}

/** A script's headers, then what Blink adds before it lets the request go. XMLHttpRequest has a table of its own before that. */
function namesInOrder({ request, authorHeaderList }: FetchParams): string[] {
  const names = authorHeaderList.map(([name]) => name)
  const ofScript = request.initiatorType === 'xmlhttprequest' ? inBlinksOrder(names) : names.map(byteLowercase).sort()
  const [first] = request.urlList
  const hints = first !== undefined && isPotentiallyTrustworthy(first) ? ['sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'] : []
  return inBlinksOrder([...ofScript, ...hints, 'user-agent'])
}

// The location is not filled in.
const credentialsInLocation = "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."

const leavesOrigin = ({ request }: FetchParams, url: URL): boolean =>
  request.responseTainting === 'cors' || !isSameOrigin(request.origin, url)

/** services/network/public/cpp/cors/cors.cc, CheckAccess */
function mismatch(fetchParams: FetchParams, value: string): string {
  const { request } = fetchParams
  if (value === '*') {
    return `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.${withCredentials(fetchParams)}`
  }
  const advice = request.initiatorType === 'fetch' ? ' Have the server send the header with a valid value.' : ''
  const header = "The 'Access-Control-Allow-Origin' header"
  if (/[ ,]/.test(value)) return `${header} contains multiple values '${value}', but only one is allowed.${advice}`
  if (value !== 'null' && !URL.canParse(value)) return `${header} contains the invalid value '${escaped(value)}'.${advice}`
  return `${header} has a value '${value}' that is not equal to the supplied origin.${advice}`
}

/** Characters beyond ASCII as `\\u00E9`. */
const escaped = (value: string): string =>
  value.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)

const withCredentials = ({ request }: FetchParams): string =>
  request.initiatorType === 'xmlhttprequest'
    ? ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.'
    : ''
