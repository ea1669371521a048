import type { Policy } from '#shared/policy/policy'
import { originMatches } from '#shared/policy/origin-pattern'

/**
 * Origins that a careless comparison takes for `origin`: of another scheme, port or host, or alike at one end.
 * @returns itself first; only itself where it is no origin with a host.
 */
export function lookAlikesOf(origin: string): string[] {
  const url = URL.parse(origin)
  if (!url || url.origin === 'null') return [origin]
  const { protocol, hostname, port } = url
  const other = protocol === 'https:' ? 'http:' : 'https:'
  const at = port === '' ? '' : `:${port}`
  const named = /[a-z]/i.test(hostname)
  return [
    ...new Set([
      url.origin,
      `${other}//${hostname}${at}`,
      `${protocol}//${hostname}:${port === '8443' ? '9443' : '8443'}`,
      ...(named
        ? [
            `${protocol}//sub.${hostname}${at}`,
            `${protocol}//${hostname}.evil.example${at}`,
            `${protocol}//evil-${hostname}${at}`,
            `${protocol}//${hostname.replaceAll('.', '-')}.example${at}`,
          ]
        : []),
    ]),
  ]
}

/** How a policy's list has an origin: `listed`, `matches https://*.example.com`, `other scheme`; empty where it says nothing about it. */
export function originNote({ origins }: Pick<Policy, 'origins'>, origin: string): string {
  const listed = Array.isArray(origins) ? origins : []
  if (listed.includes(origin)) return 'listed'
  const pattern = listed.find((entry) => originMatches(entry, origin))
  if (pattern !== undefined) return `matches ${pattern}`
  if (origin === 'null') return 'sandboxed frame, file:'
  const asked = URL.parse(origin)
  if (!asked) return ''
  for (const entry of listed) {
    if (entry === `${origin}/`) return 'listed with a slash, never matches'
    const known = URL.parse(entry)
    const note = known && differenceOf(known, asked)
    if (note) return note
  }
  return ''
}

function differenceOf(known: URL, asked: URL): string | null {
  if (known.hostname === asked.hostname) return known.protocol === asked.protocol ? 'other port' : 'other scheme'
  if (asked.hostname.endsWith(`.${known.hostname}`)) return 'a subdomain'
  if (asked.hostname.startsWith(known.hostname)) return 'starts alike'
  return asked.hostname.endsWith(known.hostname) ? 'ends alike' : null
}
