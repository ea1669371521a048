import type { FetchParams } from './fetch-params.ts'
import { haveSameOrigin, originOf } from './origin.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { currentURL } from './request.ts'
import { isSameSite, isSchemelesslySameSite } from './site.ts'

/** What WebKit says in a beacon without CORS instead of `null`; null for nothing else. */
export function beaconsOpaqueOrigin({ request, profile, pageOrigin }: FetchParams): string | null {
  const { initiatorType, mode, origin, urlList } = request
  if (!profile.ways.beaconsTellThePagesURL || initiatorType !== 'beacon' || mode !== 'no-cors' || !origin.opaque) return null
  return urlList.every((url) => haveSameOrigin(url, currentURL(request))) ? originOf(pageOrigin).serialized : null
}

/**
 * What some browsers send of an opaque origin with credentials to the site that its page comes from, even without CORS; null for nothing. There the
 * frame could get at its cookies, and https://privacycg.github.io/storage-access-headers/ has `Origin` go along with such a request.
 */
export function opaqueOriginAtHome(
  { request, profile, pageOrigin, registrableDomain, exchanges }: FetchParams,
  includeCredentials: boolean,
): string | null {
  if (!includeCredentials || !request.origin.opaque) return null
  const page = URL.parse(pageOrigin)
  if (page === null) return null
  const isOfPagesHosts = ({ hostname }: URL) => isSchemelesslySameSite(page.hostname, hostname, registrableDomain)
  const [first] = request.urlList
  switch (profile.ways.tellsOpaqueOrigin) {
    case 'never':
      return null
    case 'where it began at its page’s site': {
      // The header stays as it was set, and goes with the method.
      const hasItsMethod = exchanges.every(({ sent }) => sent.method === request.method)
      return hasItsMethod && first !== undefined && isSameSite(originOf(pageOrigin), first, registrableDomain) ? 'null' : null
    }
    case 'while it stays at its page’s site, securely':
      return request.urlList.every((url) => isPotentiallyTrustworthy(url) && isOfPagesHosts(url)) ? 'null' : null
  }
}
