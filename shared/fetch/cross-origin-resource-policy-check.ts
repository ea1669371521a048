import { get } from './header-list.ts'
import type { FetchParams } from './fetch-params.ts'
import { isIPAddress } from './mixed-content.ts'
import { currentURL } from './request.ts'
import { isSameOrigin } from './origin.ts'
import type { ActualResponse } from './response.ts'
import { isSchemelesslySameSite } from './site.ts'

/** https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check, for pages without an embedder policy of their own. */
export function isResourcePolicyBlocked(fetchParams: FetchParams, response: ActualResponse): boolean {
  const { request } = fetchParams
  const policy = get(response.headerList, 'Cross-Origin-Resource-Policy')
  const url = currentURL(request)
  if (isSameOrigin(request.origin, url)) return false
  if (policy === 'same-origin') return true
  if (policy !== 'same-site') return false
  if (request.origin.opaque) return true
  const { protocol, hostname } = new URL(request.origin.serialized)
  // What came safely is not for a page that came otherwise.
  if (protocol !== 'https:' && url.protocol === 'https:') return true
  return !isOfThePagesSite(hostname, url, fetchParams)
}

function isOfThePagesSite(host: string, url: URL, { registrableDomain, profile }: FetchParams): boolean {
  const { resourcePolicySites } = profile.ways
  if (resourcePolicySites === 'not of addresses' && isIPAddress(url)) return false
  if (resourcePolicySites !== 'by how a host ends') return isSchemelesslySameSite(host, url.hostname, registrableDomain)
  const site = registrableDomain(host) ?? host
  return url.hostname === site || url.hostname.endsWith(`.${site}`)
}
