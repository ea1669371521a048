import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { isIPAddress } from '#shared/fetch/mixed-content'
import type { Request } from '#shared/fetch/request'
import { text } from './facts.ts'

/** What redirects lead to is upgraded without a word; and where a preload is led to, blocked without one. */
export function chromiumMixedContentMessage({ request, trace }: FetchParams): string | undefined {
  const ruling = trace.find((each) => isAboutMixedContent(each) && whatIsFate(each) !== undefined)
  if (ruling === undefined) return undefined
  const { facts } = ruling
  if (request.initiatorType === 'link' && facts?.['isRedirected'] === true) return undefined
  const what = whatIsFate(ruling) ?? ''
  const element = facts?.['isImage'] === true && facts['isRedirected'] !== true ? 'element' : calledInsecure(request)
  return `Mixed Content: The page at '${text(facts?.['page'])}' was loaded over HTTPS, but requested an insecure ${element} '${text(facts?.['url'])}'. ${what}`
}

function whatIsFate({ result, facts }: RecordedRuling): string | undefined {
  if (result === 'mixed content') return 'This request has been blocked; the content must be served over HTTPS.'
  const isRedirected = facts?.['isRedirected'] === true
  if (result === 'upgraded')
    return isRedirected
      ? undefined
      : 'This request was automatically upgraded to HTTPS, For more information see https://blog.chromium.org/2019/10/no-more-mixed-messages-about-https.html'
  const url = new URL(text(facts?.['url']))
  if (facts?.['isImage'] !== true || isRedirected) return isTrusted(facts) ? undefined : 'This content should also be served over HTTPS.'
  return isIPAddress(url)
    ? "This request was not upgraded to HTTPS because its URL's host is an IP address."
    : 'This request was not upgraded to HTTPS because it is a local network request.'
}

const isTrusted = (facts: RecordedRuling['facts']): boolean => facts?.['isTrustworthy'] === true

function calledInsecure({ initiatorType, destination }: Request): string {
  switch (initiatorType) {
    case 'xmlhttprequest':
      return 'XMLHttpRequest endpoint'
    case 'beacon':
      return 'Beacon endpoint'
    case 'fetch':
    case 'link':
      return 'resource'
    case 'other':
      return destination === '' ? 'EventSource endpoint' : 'script'
    default:
      return { image: 'image', script: 'script', style: 'stylesheet', '': 'resource', iframe: 'frame', worker: 'script', font: 'font' }[
        destination
      ]
  }
}

/** @returns undefined also where Firefox blocks without a word: a preload, unless it is led there */
export function firefoxMixedContentMessage({ request }: FetchParams, facts: RecordedRuling['facts']): string | undefined {
  const url = text(facts?.['url'])
  if (request.destination === 'worker') return `Security Error: Content at ${text(facts?.['page'])} may not load data from ${url}.`
  return request.initiatorType === 'link' && url === request.urlList[0]?.href ? undefined : `Blocked loading mixed active content “${url}”`
}

export function webkitMixedContentMessage({ request }: FetchParams, { facts }: RecordedRuling): string | undefined {
  const { initiatorType, destination, urlList } = request
  const api = initiatorType === 'other' && destination === '' ? 'EventSource' : webkitAPIs[initiatorType]
  if (facts?.['isRedirected'] !== true) {
    if (initiatorType === 'beacon') return `Beacon API cannot load ${text(facts?.['url'])}. ${notAllowed}`
    return api === undefined ? undefined : notAllowed
  }
  const before = urlList.at(-2)?.href ?? ''
  if (api !== undefined) return `${api} cannot load ${before} due to access control checks.`
  if (destination === 'script') return 'Cross-origin script load denied by Cross-Origin Resource Sharing policy.'
  return destination === 'image' ? `Cannot load image ${before} due to access control checks.` : undefined
}

const notAllowed = 'Not allowed to request resource'
const webkitAPIs: Partial<Record<Request['initiatorType'], string>> = { fetch: 'Fetch API', xmlhttprequest: 'XMLHttpRequest' }

const isAboutMixedContent = ({ step, result }: RecordedRuling): boolean =>
  (step === 'main-fetch/5' && result === 'upgraded') ||
  (step === 'main-fetch/7' && (result === 'mixed content' || result === 'allowed as mixed content'))
