import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { locationURLOf } from '#shared/fetch/location-url'
import { isRedirectStatus } from '#shared/fetch/response'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { serializeARequestOrigin } from '#shared/fetch/serialize-a-request-origin'
import { webkitTypeMessage } from './webkit-elements.ts'
import { firstNameNotAllowed, hasLeftItsOrigin, isUnheard, lastAnswer, text } from './facts.ts'
import { webkitMixedContentMessage } from './mixed-content.ts'

/**
 * As WebKitGTK 2.50 prints them: Source/WebCore/loader/CrossOriginAccessControl.cpp and
 * Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp. A second message, "… cannot load … due to access control checks.", follows most.
 */
export function webkitMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  const { request } = fetchParams
  const unsafe = request.initiatorType === 'xmlhttprequest' ? fetchParams.droppedHeaders[0] : undefined
  if (unsafe !== undefined) return `Refused to set unsafe header "${unsafe}"`
  if (stopped === undefined) return undefined
  const ofType = webkitTypeMessage(fetchParams, stopped)
  if (ofType !== undefined) return ofType
  const url = text(stopped.facts?.['url'])
  const answer = lastAnswer(fetchParams)

  switch (stopped.step) {
    case 'main-fetch/7':
      if (hasLeftItsOrigin(request)) return otherOrigin(request, url)
      if (stopped.result === 'mixed content') return webkitMixedContentMessage(fetchParams, stopped)
      if (stopped.result !== 'blocked') return undefined
      return `Not allowed to use restricted network port ${text(stopped.facts?.['port'])}: ${url}`
    case 'main-fetch/12':
      return beforeSending(fetchParams, stopped, url)
    case 'http-network-fetch/8.5':
      if (stopped.result !== 'network error' || stopped.facts?.['kind'] !== 'preflight') return undefined
      return text(stopped.facts['url']).startsWith('https:') && isUnheard(fetchParams)
        ? 'Error performing TLS handshake: An unexpected TLS packet was received.'
        : 'Connection terminated unexpectedly'
    case 'http-fetch/5':
      return `Cancelled load to ${currentURL(request).href} because it violates the resource's Cross-Origin-Resource-Policy response header.`
    case 'http-fetch/6.3':
      return `Not allowed to follow a redirection while loading ${currentURL(request).href}`
    case 'http-redirect-fetch/5': {
      const location = get(answer?.headerList ?? [], 'Location') ?? ''
      return location === '' ? undefined : redirectionDenied(location, foreignScheme)
    }
    case 'http-redirect-fetch/6': {
      const location = text(stopped.facts?.['locationURL'])
      if (location.startsWith('ftp:')) return 'FTP URLs are disabled'
      return redirectionDenied(location, foreignScheme)
    }
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10': {
      const location = text(stopped.facts?.['locationURL'])
      return redirectionDenied(
        withoutCredentials(location),
        `redirection URL ${withoutInheritedFragment(fetchParams, location)} has credentials`,
      )
    }
    default:
      return answer === null ? undefined : ofAnAnswer(fetchParams, stopped, answer)
  }
}

const foreignScheme = 'not allowed to follow a cross-origin CORS redirection with non CORS scheme'

const redirectionDenied = (location: string, reason: string): string =>
  `Cross-origin redirection to ${location} denied by Cross-Origin Resource Sharing policy: ${reason}`

/** The fragment that the location has from the URL before it is not shown here. */
function withoutInheritedFragment({ request }: FetchParams, location: string): string {
  const inherited = request.urlList.map(({ hash }) => hash).find((hash) => hash !== '' && location.endsWith(hash))
  return inherited === undefined ? location : location.slice(0, -inherited.length)
}

const withoutCredentials = (url: string): string => url.replace(/^([a-z]+:\/\/)[^/@]*@/, '$1')

/** Of a request in the mode "same-origin". */
const otherOrigin = ({ redirectCount, origin }: Request, url: string): string =>
  redirectCount > 0
    ? `Unsafe attempt to load URL ${url} from origin ${origin.serialized}. Domains, protocols and ports must match.`
    : `Fetch API cannot load ${url}.`

function beforeSending({ request }: FetchParams, stopped: RecordedRuling, url: string): string | undefined {
  switch (stopped.result) {
    case 'not same origin':
      return otherOrigin(request, url)
    case 'no-cors needs redirect mode follow':
      return 'No-Cors mode requires follow redirect mode'
    case 'not an HTTP(S) scheme':
      return 'Cross origin requests are only supported for HTTP.'
    case 'nothing to fetch':
      if (url.startsWith('ftp:')) return 'FTP URLs are disabled'
      return /^(?:file|blob):/.test(url) ? `Not allowed to load local resource: ${url}` : undefined
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
  // Found out late: the redirect has been taken, and the answer is that of the next preflight.
  if (stopped.deviation === 'checksRedirectsWithInitialCredentials') {
    return redirectionDenied(withoutCredentials(currentURL(request).href), checkReason(fetchParams, stopped))
  }
  const isPreflight = answer.kind === 'preflight'
  if (stopped.step === 'cors-preflight-fetch/8' || (isPreflight && (answer.status < 200 || answer.status > 299))) {
    return `Preflight response is not successful. Status code: ${answer.status}`
  }
  switch (stopped.step) {
    case 'cors-check/2':
    case 'cors-check/4':
    case 'cors-check/8': {
      const reason = checkReason(fetchParams, stopped)
      const location =
        isPreflight || !isRedirectStatus(answer.status) ? null : locationURLOf(answer, currentURL(request), fetchParams.profile.ways)
      return location instanceof URL ? redirectionDenied(withoutCredentials(location.href), reason) : reason
    }
    case 'cors-preflight-fetch/7.3': {
      const header = text(stopped.facts?.['header'])
      return `Header ${header} has an invalid value: ${get(answer.headerList, header) ?? ''}`
    }
    case 'cors-preflight-fetch/7.5':
      return `Method ${text(stopped.facts?.['method'])} is not allowed by Access-Control-Allow-Methods.`
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `Request header field ${asWritten(fetchParams, firstNameNotAllowed(stopped, true, wellKnownFirst(fetchParams)))} is not allowed by Access-Control-Allow-Headers.`
    default:
      return undefined
  }
}

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

/** Headers that WebKit has a number for (Source/WebCore/platform/network/HTTPHeaderNames.in); it keeps and checks them before all others. */
const wellKnown = new Set(
  (
    'accept accept-language accept-ranges age authorization cache-control content-disposition content-encoding content-language ' +
    'content-location content-range content-security-policy content-type default-style etag expires if-match if-modified-since ' +
    'if-none-match if-range if-unmodified-since last-event-id last-modified link location ping-from ping-to pragma purpose range ' +
    'referrer-policy refresh server service-worker sourcemap timing-allow-origin upgrade-insecure-requests user-agent vary ' +
    'x-content-type-options x-dns-prefetch-control x-frame-options x-sourcemap x-xss-protection'
  ).split(' '),
)

function wellKnownFirst({ authorHeaderList, request }: FetchParams): string[] {
  const names = [...authorHeaderList, ...request.headerList].map(([name]) => name.toLowerCase())
  return [...names.filter((name) => wellKnown.has(name)), ...names.filter((name) => !wellKnown.has(name))]
}
