import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { firstInvalidMember } from '#shared/fetch/extract-header-list-values'
import { get } from '#shared/fetch/header-list'
import { isRedirectStatus } from '#shared/fetch/response'
import { currentURL } from '#shared/fetch/request'
import { serializeARequestOrigin } from '#shared/fetch/serialize-a-request-origin'
import { firstNameNotAllowed, lastAnswer, text } from './facts.ts'

/**
 * As WebKitGTK 2.50 prints them: Source/WebCore/loader/CrossOriginAccessControl.cpp and
 * Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp. A second message, "… cannot load … due to access control checks.", follows most.
 */
export function webkitMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  const { request } = fetchParams
  const unsafe = request.initiatorType === 'xmlhttprequest' ? fetchParams.droppedHeaders[0] : undefined
  if (unsafe !== undefined) return `Refused to set unsafe header "${unsafe}"`
  if (stopped === undefined) return undefined
  const url = text(stopped.facts?.['url'])
  const answer = lastAnswer(fetchParams)

  switch (stopped.step) {
    case 'main-fetch/7':
      return `Not allowed to use restricted network port ${text(stopped.facts?.['port'])}: ${url}`
    case 'main-fetch/12':
      return beforeSending(fetchParams, stopped, url)
    case 'http-network-fetch/8.5':
      return stopped.result === 'network error' ? 'Connection terminated unexpectedly' : undefined
    case 'http-fetch/5':
      return `Cancelled load to ${currentURL(request).href} because it violates the resource's Cross-Origin-Resource-Policy response header.`
    case 'http-fetch/6.3':
      return `Not allowed to follow a redirection while loading ${currentURL(request).href}`
    case 'http-redirect-fetch/5':
      return redirectionDenied(
        get(answer?.headerList ?? [], 'Location') ?? '',
        'not allowed to follow a cross-origin CORS redirection with non CORS scheme',
      )
    case 'http-redirect-fetch/6': {
      const location = text(stopped.facts?.['locationURL'])
      if (location.startsWith('ftp:')) return 'FTP URLs are disabled'
      return redirectionDenied(location, 'not allowed to follow a cross-origin CORS redirection with non CORS scheme')
    }
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10': {
      const location = text(stopped.facts?.['locationURL'])
      return redirectionDenied(withoutCredentials(location), `redirection URL ${location} has credentials`)
    }
    default:
      return answer === null ? undefined : ofAnAnswer(fetchParams, stopped, answer)
  }
}

const redirectionDenied = (location: string, reason: string): string =>
  `Cross-origin redirection to ${location} denied by Cross-Origin Resource Sharing policy: ${reason}`

const withoutCredentials = (url: string): string => url.replace(/^([a-z]+:\/\/)[^/@]*@/, '$1')

function beforeSending({ request }: FetchParams, stopped: RecordedRuling, url: string): string | undefined {
  switch (stopped.result) {
    case 'not same origin':
      return request.redirectCount > 0
        ? `Unsafe attempt to load URL ${url} from origin ${request.origin.serialized}. Domains, protocols and ports must match.`
        : `Fetch API cannot load ${url}.`
    case 'no-cors needs redirect mode follow':
      return 'No-Cors mode requires follow redirect mode'
    case 'not an HTTP(S) scheme':
      return 'Cross origin requests are only supported for HTTP.'
    case 'nothing to fetch':
      return url.startsWith('ftp:') ? 'FTP URLs are disabled' : undefined
    default:
      return undefined
  }
}

function ofAnAnswer(
  fetchParams: FetchParams,
  stopped: RecordedRuling,
  answer: NonNullable<ReturnType<typeof lastAnswer>>,
): string | undefined {
  const { request } = fetchParams
  const isPreflight = answer.kind === 'preflight'
  if (stopped.step === 'cors-preflight-fetch/8' || (isPreflight && (answer.status < 200 || answer.status > 299))) {
    return `Preflight response is not successful. Status code: ${answer.status}`
  }
  switch (stopped.step) {
    case 'cors-check/2':
    case 'cors-check/4':
    case 'cors-check/8': {
      const reason = checkReason(fetchParams, stopped)
      const location = get(answer.headerList, 'Location')
      const isFollowed = !isPreflight && isRedirectStatus(answer.status) && location !== null && request.redirectMode === 'follow'
      return isFollowed ? redirectionDenied(locationOf(location, currentURL(request)), reason) : reason
    }
    case 'cors-preflight-fetch/7.3': {
      const header = text(stopped.facts?.['header'])
      return `Header ${header} has an invalid value: ${firstInvalidMember(header, answer.headerList) ?? ''}`
    }
    case 'cors-preflight-fetch/7.5':
      return `Method ${text(stopped.facts?.['method'])} is not allowed by Access-Control-Allow-Methods.`
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `Request header field ${asWritten(fetchParams, firstNameNotAllowed(stopped, true))} is not allowed by Access-Control-Allow-Headers.`
    default:
      return undefined
  }
}

const locationOf = (location: string, url: URL): string => withoutCredentials(URL.parse(location, url.href)?.href ?? location)

/** Header names as the script wrote them. */
const asWritten = ({ authorHeaderList }: FetchParams, lower: string): string =>
  authorHeaderList.find(([name]) => name.toLowerCase() === lower)?.[0] ?? lower

function checkReason({ request }: FetchParams, stopped: RecordedRuling): string {
  if (stopped.step === 'cors-check/8') return 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'
  const value = text(stopped.facts?.['allowOrigin'])
  if (value === '*') return 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'
  if (value.includes(',')) return 'Access-Control-Allow-Origin cannot contain more than one origin.'
  const status = stopped.facts?.['status']
  return `Origin ${serializeARequestOrigin(request)} is not allowed by Access-Control-Allow-Origin. Status code: ${typeof status === 'number' ? status : 0}`
}
