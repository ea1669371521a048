import { get } from './header-list.ts'
import type { FetchParams } from './fetch-params.ts'
import { currentURL } from './request.ts'
import { isSameOrigin } from './origin.ts'
import type { ActualResponse } from './response.ts'
import { isSchemelesslySameSite } from './site.ts'

/** https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check, for pages without an embedder policy of their own. */
export function isResourcePolicyBlocked({ request, registrableDomain }: FetchParams, response: ActualResponse): boolean {
  const policy = get(response.headerList, 'Cross-Origin-Resource-Policy')
  const url = currentURL(request)
  if (isSameOrigin(request.origin, url)) return false
  if (policy === 'same-origin') return true
  if (policy !== 'same-site') return false
  if (request.origin.opaque) return true
  const { protocol, hostname } = new URL(request.origin.serialized)
  // A page that came safely does not share what came otherwise.
  if (protocol === 'https:' && url.protocol !== 'https:') return true
  return !isSchemelesslySameSite(hostname, url.hostname, registrableDomain)
}
