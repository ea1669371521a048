import type { FetchParams } from './fetch-params.ts'
import type { Header } from './header-list.ts'
import { isSameOrigin } from './origin.ts'
import { isPotentiallyTrustworthy } from './potentially-trustworthy.ts'
import { currentURL } from './request.ts'
import type { Request } from './request.ts'
import { isSameSite } from './site.ts'
import type { RegistrableDomain } from './site.ts'

/**
 * https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request
 * The headers it would append. `Sec-Fetch-User` is for navigations that a user sets off.
 */
export function fetchMetadataHeaders({ request, registrableDomain }: Pick<FetchParams, 'request' | 'registrableDomain'>): Header[] {
  // 1. If r's url is not a potentially trustworthy URL, return.
  if (!isPotentiallyTrustworthy(currentURL(request))) return []
  // 2-4. Set the Sec-Fetch-Dest, Sec-Fetch-Mode and Sec-Fetch-Site headers for r.
  return [
    ['Sec-Fetch-Dest', request.destination === '' ? 'empty' : request.destination],
    ['Sec-Fetch-Mode', request.mode],
    ['Sec-Fetch-Site', secFetchSite(request, registrableDomain)],
  ]
}

/** The same for the preflight of a request: a request of its own, to the current URL alone. */
export function preflightMetadataHeaders({ request, profile, registrableDomain }: FetchParams): Header[] {
  const headers = fetchMetadataHeaders({ request: { ...request, mode: 'cors', urlList: [currentURL(request)] }, registrableDomain })
  return headers.length === 0 && profile.wire.preflightAlwaysSaysMode ? [['Sec-Fetch-Mode', 'cors']] : headers
}

/** https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site */
function secFetchSite(
  request: Pick<Request, 'origin' | 'urlList'>,
  registrableDomain: RegistrableDomain,
): 'same-origin' | 'same-site' | 'cross-site' {
  // 2. Set header's value to `same-origin`.
  let site: 'same-origin' | 'same-site' = 'same-origin'
  // 3-4. Not modelled: navigation.
  // 5. For each url in r's url list:
  for (const url of request.urlList) {
    // 5.1. If url is same origin with r's origin, continue.
    if (isSameOrigin(request.origin, url)) continue
    // 5.2-3. Set header's value to `cross-site`; if r's origin is not same site with url's origin, then break.
    if (!isSameSite(request.origin, url, registrableDomain)) return 'cross-site'
    // 5.4. Set header's value to `same-site`.
    site = 'same-site'
  }
  return site
}
