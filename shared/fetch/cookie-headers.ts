import type { BrowserProfile } from './browser-profile.ts'
import type { CookieContext, CookieWays } from './cookie-store.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteCaseInsensitiveMatch } from './header-list.ts'
import type { Header, HeaderList } from './header-list.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { currentURL } from './request.ts'
import { isSchemelesslySameSite } from './site.ts'
import type { RegistrableDomain } from './site.ts'

/**
 * https://fetch.spec.whatwg.org/#append-a-request-cookie-header
 * @param includeCredentials without them every cookie stays; the ruling says of which
 */
export function appendARequestCookieHeader(fetchParams: FetchParams, headerList: Header[], includeCredentials: boolean): void {
  const { cookieStore } = fetchParams
  if (cookieStore.isEmpty) return
  // 2-4. Let sameSite be the result of determining the same-site mode for request.
  const context = cookieContext(fetchParams)
  // 5. Let cookies be the result of running retrieve cookies.
  const { sent, stayed } = cookieStore.retrieve(context)
  if (sent.length + stayed.length === 0) return
  if (!includeCredentials) {
    keepBack(
      fetchParams,
      [...sent, ...stayed].map(({ name }) => name),
    )
    return
  }
  const facts = {
    sent: sent.map(({ name }) => name),
    stayed: stayed.map(({ name }) => name),
    reasons: stayed.map(({ reason }) => reason),
    site: context.partitionKey,
  }
  rule(fetchParams, 'decided', { step: 'append-a-request-cookie-header/5', result: sent.length > 0 ? 'sent' : 'none', facts })
  // 6. If cookies is empty, then return.
  if (sent.length === 0) return
  // 7-8. Append (`Cookie`, value) to request's header list.
  headerList.push(['Cookie', sent.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ')])
}

function keepBack(fetchParams: FetchParams, cookies: readonly string[]): void {
  const facts = { cookies, credentialsMode: fetchParams.request.credentialsMode }
  // 8.21. If includeCredentials is true, then: … It is not.
  rule(fetchParams, 'decided', { step: 'http-network-or-cache-fetch/8.21', result: 'without credentials', facts })
}

function takeNone(fetchParams: FetchParams): void {
  const facts = { credentialsMode: fetchParams.request.credentialsMode }
  // 17. If includeCredentials is true, then … It is not.
  rule(fetchParams, 'decided', { step: 'http-network-fetch/17', result: 'without credentials', facts })
}

/** https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers */
export function parseAndStoreResponseSetCookieHeaders(fetchParams: FetchParams, headerList: HeaderList, includeCredentials: boolean): void {
  const lines = headerList.filter(([name]) => byteCaseInsensitiveMatch(name, 'Set-Cookie'))
  if (lines.length === 0) return
  if (!includeCredentials) {
    takeNone(fetchParams)
    return
  }
  const context = cookieContext(fetchParams)
  const stored: string[] = []
  const refused: string[] = []
  const reasons: string[] = []
  /** Line by line: why it is refused, or that it is kept. */
  const outcomes: string[] = []
  // 6. For each header of response's header list:
  // 6.1. If header's name is not `Set-Cookie`, then continue.
  // 6.2. Parse and store a cookie given header's value.
  for (const [, value] of lines) {
    const outcome = fetchParams.cookieStore.store(value, context)
    fetchParams.cookieStore = outcome.store
    outcomes.push(outcome.refused ?? 'stored')
    if (outcome.refused === null) stored.push(outcome.name)
    else {
      refused.push(outcome.name)
      reasons.push(outcome.refused)
    }
  }
  const facts = { stored, refused, reasons, outcomes, site: context.partitionKey }
  rule(fetchParams, 'decided', {
    step: 'parse-and-store-response-set-cookie-headers/6.2',
    result: stored.length > 0 ? 'stored' : 'none',
    facts,
  })
}

/** Of a page that is visited by itself: its cookies are those of its own site. */
export const contextOfVisit = (
  url: URL,
  { cookies: ways }: BrowserProfile,
  registrableDomain: RegistrableDomain,
  startedAt: number,
): CookieContext => ({
  url,
  isSecure: isSecureFor(url, ways),
  sameSite: 'strict-or-less',
  thirdParty: false,
  isPagesHost: true,
  partitionKey: siteOf(url, registrableDomain),
  now: 0,
  startedAt,
  ways,
})

const isSecureFor = (url: URL, { trustsLoopback }: CookieWays): boolean =>
  url.protocol === 'https:' || (trustsLoopback && isPotentiallyTrustworthy(url))

/** https://html.spec.whatwg.org/#site, serialized. */
const siteOf = ({ protocol, hostname }: URL, registrableDomain: RegistrableDomain): string =>
  `${protocol}//${registrableDomain(hostname) ?? hostname}`

function cookieContext({ request, profile, registrableDomain, pageOrigin, now, startedAt }: FetchParams): CookieContext {
  const ways = profile.cookies
  const url = currentURL(request)
  const page = URL.parse(pageOrigin)
  // A sandboxed page is of no site, though the cookies of the page around it lie in that one's jar.
  const isOfNoSite = request.origin.opaque && !ways.sandboxedPagesAreOfTheirSite
  const isOfThePage = (each: URL): boolean =>
    page !== null &&
    !isOfNoSite &&
    isSchemelesslySameSite(page.hostname, each.hostname, registrableDomain) &&
    (!ways.sitesHaveSchemes || page.protocol === each.protocol)
  const isPagesHost = page !== null && page.hostname === url.hostname && !isOfNoSite
  // https://fetch.spec.whatwg.org/#cookie-infrastructure, determine the same-site mode, 5. If request's redirect-taint is "cross-site" …
  const chain = ways.sameSiteChain === 'last' || (ways.sameSiteChain !== 'whole' && isPagesHost) ? [url] : request.urlList
  const isChainOfThePage =
    chain.every(isOfThePage) && (ways.sameSiteChain === 'whole' || chain.every(({ protocol }) => protocol === url.protocol))
  return {
    url,
    isSecure: isSecureFor(url, ways),
    sameSite: isChainOfThePage ? 'strict-or-less' : 'unset-or-less',
    thirdParty: !isOfThePage(url),
    isPagesHost,
    partitionKey: page === null ? pageOrigin : siteOf(page, registrableDomain),
    now,
    startedAt,
    ways,
  }
}
