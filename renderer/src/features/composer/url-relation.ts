import { isHTTPScheme, isSameOrigin, opaqueOrigin, originOf } from '#shared/fetch/origin'
import { isSameSite } from '#shared/fetch/site'
import { registrableDomain } from '#shared/lab/registrable-domain'
import type { Page } from '#shared/scenario/scenario'

/** What a URL is to a page's script: what decides whether CORS is asked at all, and which cookies would go along. */
export function urlRelation(url: string, page: Page): string {
  if (url === '') return ''
  const parsed = URL.parse(url, page.origin)
  if (!parsed) return 'not a URL'
  if (!isHTTPScheme(parsed)) return `${parsed.protocol} is not fetched over HTTP`
  const origin = page.sandboxed ? opaqueOrigin : originOf(page.origin)
  if (isSameOrigin(origin, parsed)) return 'same-origin'
  return isSameSite(origin, parsed, registrableDomain) ? 'cross-origin, same-site' : 'cross-origin, cross-site'
}
