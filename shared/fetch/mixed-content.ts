import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { currentURL } from './request.ts'

/** What becomes of an http: request of a page that prohibits mixed content. */
export type MixedContentFate = 'allowed' | 'blocked' | 'upgraded'

/** The ways in which browsers treat mixed content otherwise. */
export interface MixedContentWays {
  /** @param first what was requested at first, where redirects have led from there to the URL; null where none has */
  readonly ofImage: (url: URL, page: URL, first: URL | null) => MixedContentFate
  readonly ofOthers: (url: URL) => Exclude<MixedContentFate, 'upgraded'>
}

/** https://w3c.github.io/webappsec-mixed-content/, Level 2; of https pages alone: see `notModelled`. */
export const standardMixedContent: MixedContentWays = {
  // Upgrade a mixed content request (its 4.1): not where the host is an IP address.
  ofImage: (url) => (isPotentiallyTrustworthy(url) ? 'allowed' : isIPAddress(url) ? 'blocked' : 'upgraded'),
  // Should fetching request be blocked as mixed content (its 4.4): not where the URL is potentially trustworthy.
  ofOthers: (url) => (isPotentiallyTrustworthy(url) ? 'allowed' : 'blocked'),
}

export const isIPAddress = ({ hostname }: URL): boolean => hostname.startsWith('[') || /^[0-9.]+$/.test(hostname)

/**
 * https://fetch.spec.whatwg.org/#concept-main-fetch, step 5 and the part of step 7 about mixed content. An upgraded request has another current
 * URL afterwards.
 * @returns whether the request is blocked here; some browsers send the preflight first
 */
export function upgradeOrBlockMixedContent(fetchParams: FetchParams): boolean {
  const { request, profile, pageOrigin, memory } = fetchParams
  const url = currentURL(request)
  const { mixedContent: ways } = profile
  if (!isInsecureFor(fetchParams, url)) return false
  const page = URL.parse(pageOrigin)
  if (page === null) return false

  const isRedirected = request.redirectCount > 0
  const first = isRedirected ? (request.urlList[0] ?? null) : null
  const isImage = request.destination === 'image'
  const fate = isImage ? ways.ofImage(url, page, first) : ways.ofOthers(url)
  const facts = { url: url.href, page: page.href, isImage, isRedirected, isTrustworthy: isPotentiallyTrustworthy(url) }
  const byStandard = isImage ? standardMixedContent.ofImage(url, page, first) : standardMixedContent.ofOthers(url)
  const deviation = fate === byStandard ? undefined : 'treatsMixedContentOtherwise'
  if (fate === 'upgraded') {
    // 5-6. Upgrade a mixed content request to a potentially trustworthy URL, if appropriate.
    const upgraded = new URL(url.href.replace(/^http:/, 'https:'))
    request.urlList.splice(-1, 1, upgraded)
    rule(fetchParams, 'decided', { step: 'main-fetch/5', result: 'upgraded', facts: { ...facts, upgraded: upgraded.href } }, deviation)
    return false
  }
  if (fate === 'blocked') {
    // 7. If … should fetching request be blocked as mixed content … returns blocked, then set response to a network error.
    const ruling = { step: 'main-fetch/7', result: 'mixed content', facts } as const
    if (isRedirected && request.mode === 'cors' && profile.ways.preflightsBeforeBlocking) {
      memory.lateRefusal ??= { ruling, deviation: 'preflightsBeforeBlocking', withoutPreflight: deviation }
      return false
    }
    rule(fetchParams, 'stopped', ruling, deviation)
    return true
  }
  rule(fetchParams, 'decided', { step: 'main-fetch/7', result: 'allowed as mixed content', facts }, deviation)
  return false
}

/** Whether the page may not reach what a redirect leads to; images are not asked about, for those are upgraded. */
export const isMixedContentBlocked = (fetchParams: FetchParams, url: URL): boolean =>
  fetchParams.request.destination !== 'image' &&
  isInsecureFor(fetchParams, url) &&
  fetchParams.profile.mixedContent.ofOthers(url) === 'blocked'

const isInsecureFor = ({ pageOrigin }: FetchParams, { protocol }: URL): boolean => protocol === 'http:' && pageOrigin.startsWith('https:')
