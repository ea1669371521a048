/** An entry that stands for more origins than one: `https://*.example.com`, `http://localhost:*`, or both at once. */
export interface OriginPattern {
  /** With `://`. */
  readonly scheme: string
  /** Whether one or more labels stand before the host. */
  readonly anySubdomain: boolean
  /** And port, where the pattern names one. */
  readonly host: string
  readonly anyPort: boolean
}

/** null where the entry is no pattern: a `*` anywhere else is just a character. */
export function readOriginPattern(entry: string): OriginPattern | null {
  const [, scheme, labels, host, port] = /^([a-z][a-z0-9+.-]*:\/\/)(\*\.)?([^*/]+?)(:\*)?$/.exec(entry) ?? []
  if (scheme === undefined || host === undefined || (labels === undefined && port === undefined)) return null
  return { scheme, anySubdomain: labels !== undefined, host, anyPort: port !== undefined }
}

/**
 * Whether an entry of a policy's list of origins lets this `Origin` value in. Byte for byte, except for patterns: `https://*.example.com`
 * stands for one or more labels (and so not for the bare domain), `http://localhost:*` for any port or none. `null` is let in by the entry
 * `null` alone. No regular expression is made of what the user wrote: none can be made to hang.
 */
export function originMatcher(entry: string): (origin: string) => boolean {
  // Most entries of most lists are no patterns, and need not be read as one.
  const pattern = entry.includes('*') ? readOriginPattern(entry) : null
  return pattern === null ? (origin) => origin === entry : (origin) => origin === entry || isLike(origin, pattern)
}

export const originMatches = (entry: string, origin: string): boolean => originMatcher(entry)(origin)

/** An origin that an entry lets in; null where it lets in none that a page with a host could have. */
export function originLetInBy(entry: string): string | null {
  const origin = URL.parse(entry.replace('://*.', '://sub.').replace(/:\*$/, ':8080'))?.origin ?? 'null'
  return origin === 'null' ? null : origin
}

function isLike(origin: string, { scheme, anySubdomain, host, anyPort }: OriginPattern): boolean {
  if (!origin.startsWith(scheme)) return false
  const authority = anyPort ? origin.slice(scheme.length).replace(/:[0-9]{1,5}$/, '') : origin.slice(scheme.length)
  if (!anySubdomain) return authority === host
  return authority.endsWith(host) && /^(?:[a-z0-9_-]+\.)+$/.test(authority.slice(0, -host.length))
}
