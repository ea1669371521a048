import { isPotentiallyTrustworthy } from '#shared/fetch/potentially-trustworthy'
import { byteLowercase } from '#shared/fetch/header-list'
import type { FindingCode } from './finding.ts'

/** What an entry of a list of origins is. */
export type OriginEntry =
  /** As browsers send it, or a pattern of such. */
  | { readonly kind: 'fine'; readonly origin: WrittenOrigin | null }
  /** No browser sends it. `written` is what was meant; null where nobody can tell. */
  | { readonly kind: 'broken'; readonly code: FindingCode; readonly written: string | null }

export interface WrittenOrigin {
  /** The origin; of a pattern, one that it stands for. */
  readonly url: URL
  /** Whether labels of any text stand before the host, and the host without them. */
  readonly anySubdomain: boolean
  readonly host: string
  /** The entry as it should be written. */
  readonly written: string
}

const broken = (code: FindingCode, written: string | null = null): OriginEntry => ({ kind: 'broken', code, written })

/** Schemes that no page's origin has: their pages, where there are any, send `null`. */
const pageless = /^(?:about|blob|data|file|filesystem|ftp|javascript|ws|wss):/

export function readOriginEntry(entry: string): OriginEntry {
  if (entry === 'null') return { kind: 'fine', origin: null }
  if (entry === '*') return broken('wildcard-in-a-list')
  if (byteLowercase(entry) === 'null') return broken('origin-in-upper-case', 'null')
  if (/^\s*https?:/i.test(entry)) return readWebOrigin(entry)
  if (pageless.test(byteLowercase(entry))) return broken('not-an-origin')
  if (entry.includes('://')) return readOtherOrigin(entry)
  const meant = /^(?:\*\.)?[^\s:@*/?#]+(?::[0-9]+|:\*)?(?:[/?#].*)?$/.test(entry) ? readAuthority(entry) : null
  return meant === null
    ? broken(entry.includes('*') ? 'origin-pattern-not-understood' : 'not-an-origin')
    : broken('origin-without-scheme', meant)
}

function readWebOrigin(entry: string): OriginEntry {
  const origin = parseOrigin(entry)
  if (origin === null) return broken(entry.includes('*') ? 'origin-pattern-not-understood' : 'not-an-origin')
  return entry === origin.written ? { kind: 'fine', origin } : broken(difference(entry, origin), origin.written)
}

/** Of an extension or an app: nothing is known of it but that an origin has no path, and no pattern takes it. */
function readOtherOrigin(entry: string): OriginEntry {
  const [, origin, rest] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#\s*]+)(.*)$/.exec(entry) ?? []
  if (origin === undefined) return broken(entry.includes('*') ? 'origin-pattern-not-understood' : 'not-an-origin')
  if (rest === '') return { kind: 'fine', origin: null }
  return broken(rest === '/' ? 'origin-with-trailing-slash' : 'origin-with-path', origin)
}

/** What was meant by an origin without a scheme. */
function readAuthority(authority: string): string | null {
  const origin = parseOrigin(`http://${authority}`)
  // Nobody serves a public site without https.
  return origin !== null && isPotentiallyTrustworthy(origin.url) ? origin.written : (parseOrigin(`https://${authority}`)?.written ?? null)
}

/** In the place of a pattern's `*.`, so that the URL parser reads the rest. */
const label = 'any-label.'

function parseOrigin(entry: string): WrittenOrigin | null {
  const anySubdomain = entry.includes('://*.')
  const anyPort = /:\*(?=[/?#]|$)/.test(entry)
  const concrete = entry.replace('://*.', `://${label}`).replace(/:\*(?=[/?#]|$)/, '')
  const url = concrete.includes('*') ? null : URL.parse(concrete)
  if (url === null || (anySubdomain && !url.hostname.startsWith(label)) || (anyPort && url.port !== '')) return null
  const host = anySubdomain ? url.hostname.slice(label.length) : url.hostname
  const port = anyPort ? ':*' : url.port === '' ? '' : `:${url.port}`
  return { url, anySubdomain, host, written: `${url.protocol}//${anySubdomain ? '*.' : ''}${host}${port}` }
}

/** What keeps an entry from being what the browser sends. */
function difference(entry: string, { url, written }: WrittenOrigin): FindingCode {
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || /[?#]$/.test(entry)) return 'origin-with-path'
  if (entry.endsWith('/')) return 'origin-with-trailing-slash'
  if (/[^\0-\x7f]/.test(entry)) return 'origin-in-unicode'
  if (/:[0-9]+$/.test(entry) && !/:[0-9]+$/.test(written)) return 'origin-with-default-port'
  return byteLowercase(entry) === written ? 'origin-in-upper-case' : 'origin-not-as-sent'
}

/** An origin that an entry lets in, for trying what a policy answers to it. */
export function originLetInBy(entry: string): string {
  const read = readOriginEntry(entry)
  return read.kind === 'fine' && read.origin !== null ? read.origin.url.origin : entry
}
