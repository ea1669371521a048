import type { Page } from '#shared/scenario/scenario'

/** What a URL is to a page, as far as it can be told without a list of public suffixes: that one would be needed for "same-site". */
export function urlRelation(url: string, page: Page): string {
  if (url === '') return ''
  const parsed = URL.parse(url, page.origin)
  if (!parsed) return 'not a URL'
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return `${parsed.protocol} is not fetched over HTTP`
  if (page.sandboxed) return 'cross-origin to a sandboxed frame'
  return parsed.origin === page.origin ? 'same-origin' : 'cross-origin'
}
