import type { FetchParams } from './fetch-params.ts'
import { originOf } from './origin.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { isSameSite, isSchemelesslySameSite } from './site.ts'

/**
 * What some browsers send of an opaque origin with credentials to the site that its page comes from, even without CORS; null for nothing. There the
 * frame could get at its cookies, and https://privacycg.github.io/storage-access-headers/ has `Origin` go along with such a request.
 */
export function opaqueOriginAtHome(
  { request, profile, pageOrigin, registrableDomain }: FetchParams,
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
    case 'where it began at its page’s site':
      return first !== undefined && isSameSite(originOf(pageOrigin), first, registrableDomain) ? 'null' : null
    case 'while it stays at its page’s site, securely':
      return request.urlList.every((url) => isPotentiallyTrustworthy(url) && isOfPagesHosts(url)) ? 'null' : null
  }
}
