import { isSchemelesslySameSite } from '#shared/fetch/site'
import { registrableDomain } from './registrable-domain.ts'
import { code } from './prose.ts'

/** What is measured: a URL or an origin as somebody wrote it; `null` is an opaque origin. */
export interface Written {
  readonly text: string
  /** A document in `<iframe sandbox>`: its origin is opaque, whatever its URL. */
  readonly sandboxed?: boolean
}

export const segmentNames = ['scheme', 'host', 'port'] as const
export type SegmentName = (typeof segmentNames)[number]

/** One origin, taken apart. */
export interface MeasuredOrigin {
  /** As the `Origin` header has it. */
  readonly serialized: string
  /** Empty strings where the origin is opaque. `port` is what a connection goes to, said or not. */
  readonly segments: Readonly<Record<SegmentName, string>>
  /** Whether the URL leaves the port to its scheme, or says the very same. */
  readonly isDefaultPort: boolean
  /** Why it is opaque, and so the same as no other; null where it is not. */
  readonly opaque: string | null
  /** What the URL parser made of what was written, where that is not obvious. */
  readonly notes: readonly string[]
}

export type OriginRelation = 'same-origin' | 'same-site' | 'cross-site'

export interface Ruler {
  readonly sides: readonly [MeasuredOrigin, MeasuredOrigin]
  /** The segments that are not the same; none where an origin is opaque, for then there are none to compare. */
  readonly different: readonly SegmentName[]
  /** `same-site` and `cross-site` are both cross-origin. */
  readonly relation: OriginRelation
  /** A sentence each: why it is one origin or two, then, for two, why it is one site or two. */
  readonly reasons: readonly string[]
}

/** null where one of the two is no URL. */
export function originRuler(a: Written, b: Written): Ruler | null {
  const first = measureOrigin(a)
  const second = measureOrigin(b)
  if (first === null || second === null) return null
  const sides = [first, second] as const
  if (first.opaque !== null || second.opaque !== null) {
    const why = first.opaque ?? second.opaque ?? ''
    return { sides, different: [], relation: 'cross-site', reasons: [`${why} An opaque origin is the same as no other, and of no site.`] }
  }
  const different = segmentNames.filter((name) => first.segments[name] !== second.segments[name])
  if (different.length === 0)
    return {
      sides,
      different,
      relation: 'same-origin',
      reasons: ['Scheme, host and port are the same: one origin. The path plays no part.'],
    }
  const { relation, reason } = site(first.segments, second.segments)
  return { sides, different, relation, reasons: [differenceOf(different, first, second), reason] }
}

/** https://html.spec.whatwg.org/#concept-origin; null for what is no URL. */
export function measureOrigin({ text, sandboxed = false }: Written): MeasuredOrigin | null {
  const written = text.trim()
  if (written === 'null') return opaque('`null` stands for an opaque origin: nobody can tell whose.')
  const url = URL.parse(written)
  if (url === null) return null
  if (sandboxed) return opaque('A sandboxed frame without `allow-same-origin` has an opaque origin, whatever its URL.')
  if (url.origin === 'null') return opaque(whyOpaque(url.protocol))
  // The origin of a `blob:` URL is the one of the URL inside.
  const { protocol, hostname, port } = new URL(url.origin)
  return {
    serialized: url.origin,
    segments: { scheme: protocol.slice(0, -1), host: hostname, port: port === '' ? (defaultPorts[protocol] ?? '') : port },
    isDefaultPort: port === '',
    opaque: null,
    notes: notesOn(written, hostname),
  }
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' }

const opaque = (why: string): MeasuredOrigin => ({
  serialized: 'null',
  segments: { scheme: '', host: '', port: '' },
  isDefaultPort: false,
  opaque: why,
  notes: [],
})

const whyOpaque = (protocol: string): string =>
  protocol === 'file:'
    ? 'Browsers give every document from `file:` an opaque origin; two files of one folder are two origins.'
    : `A document from ${code(protocol)} has an opaque origin: there is no host that could answer for it.`

function notesOn(written: string, host: string): string[] {
  const authority = /^(?:blob:)?[a-z][a-z0-9+.-]*:[\\/]*([^\\/?#]*)/i.exec(written)?.[1] ?? ''
  const asWritten = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '')
  if (asWritten === host || asWritten === '') return []
  if (asWritten.toLowerCase() === host) return ['Upper case in a host plays no part: the URL parser writes it in lower case.']
  if (host.includes('xn--')) return [`${code(asWritten)} is written ${code(host)} wherever hosts are compared.`]
  return [`The URL parser writes ${code(asWritten)} as ${code(host)}.`]
}

function differenceOf(different: readonly SegmentName[], a: MeasuredOrigin, b: MeasuredOrigin): string {
  const only = (name: SegmentName) => different.length === 1 && different[0] === name
  if (only('port')) return `The port differs: ${portWords(a)} and ${portWords(b)} are two servers, though on one host.`
  if (only('scheme')) return `The scheme differs: ${code(a.segments.scheme)} and ${code(b.segments.scheme)}.`
  if (different.includes('scheme') && !different.includes('host') && a.isDefaultPort && b.isDefaultPort)
    return `The scheme differs, and with it the port that goes without saying: ${portWords(a)} and ${portWords(b)}.`
  if (only('host')) return hostDifference(a.segments.host, b.segments.host)
  return different.length === 3 ? 'Scheme, host and port differ.' : `The ${different.join(' and the ')} differ.`
}

function portWords({ segments, isDefaultPort }: MeasuredOrigin): string {
  return isDefaultPort ? `${code(`:${segments.port}`)} (${segments.scheme}’s own)` : code(`:${segments.port}`)
}

function hostDifference(a: string, b: string): string {
  if (a === `${b}.` || b === `${a}.`) return 'The host differs by its last dot. Both lead to one machine; as hosts they are two.'
  if (isLoopback(a) && isLoopback(b)) return `${code(a)} and ${code(b)} lead to one machine; as hosts they are two. No name is looked up.`
  return `The host differs: ${code(a)} and ${code(b)}. Hosts are compared letter by letter; no name is looked up.`
}

const isLoopback = (host: string): boolean => /^(?:localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/.test(host)

type Segments = Readonly<Record<SegmentName, string>>

function site(a: Segments, b: Segments): { relation: OriginRelation; reason: string } {
  const ofA = registrableDomain(a.host)
  if (!isSchemelesslySameSite(a.host, b.host, registrableDomain)) return { relation: 'cross-site', reason: whyTwoSites(a.host, b.host) }
  const whose = ofA === null ? code(a.host) : code(ofA)
  if (a.scheme !== b.scheme) return { relation: 'cross-site', reason: `Both belong to ${whose}, but a site has one scheme: cross-site.` }
  return { relation: 'same-site', reason: `Both belong to ${whose} by one scheme: cross-origin, but the same site. Its cookies go along.` }
}

function whyTwoSites(a: string, b: string): string {
  const named = [a, b].map((host) => ({ host, domain: registrableDomain(host) }))
  const without = named.find(({ domain }) => domain === null)
  if (without !== undefined) return `${code(without.host)} has no registrable domain and is a site by itself: cross-site.`
  return `Their registrable domains differ, ${named.map(({ domain }) => code(domain ?? '')).join(' and ')}: cross-site.`
}
