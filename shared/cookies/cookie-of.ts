import { Cookie, defaultPath, domainMatch } from 'tough-cookie'
import { getDomain } from 'tldts'
import type { CookieContext, RefusalReason } from '#shared/fetch/cookie-store'
import type { StoredCookie } from './cookie-jar.ts'

/** What a `Set-Cookie` line says; or why it sets nothing. */
export function cookieOf(setCookie: string, context: CookieContext): StoredCookie | { name: string; refused: RefusalReason } {
  const parsed = Cookie.parse(setCookie, { loose: true })
  if (parsed === undefined) return { name: setCookie.split(/[=;]/, 1).join('').trim(), refused: 'unreadable' }
  const { key: name, value, secure, httpOnly } = parsed
  const cookie: StoredCookie = {
    name,
    value,
    secure,
    httpOnly,
    sameSite: sameSiteOf((context.ways.lastLaxOrStrictCounts ? lastLaxOrStrictOf(setCookie) : undefined) ?? parsed.sameSite),
    ...domainOf(parsed, context.url.hostname),
    path: parsed.path ?? defaultPath(context.url.pathname),
    partitionKey: partitionKeyOf(parsed, context),
    expires: expiryOf(context.ways.lastLifetimeCounts ? lastLifetimeOf(setCookie) : parsed, context),
  }
  const refused = whyRefused(cookie, parsed, context)
  return refused === null ? cookie : { name, refused }
}

/** In the order in which Firefox, which names the reason, looks for it. */
function whyRefused(cookie: StoredCookie, parsed: Cookie, context: CookieContext): RefusalReason | null {
  const { ways, isSecure } = context
  const { hostname } = context.url
  if (ways.noneNeedsSecure && cookie.sameSite === 'none' && !cookie.secure) return 'none-without-secure'
  if (
    !cookie.hostOnly &&
    (!domainMatch(hostname, cookie.domain, false) || getDomain(cookie.domain, { allowPrivateDomains: true }) === null)
  )
    return 'domain'
  if (ways.prefixes !== 'mean nothing' && !keepsItsPrefix(cookie, parsed, ways.prefixes)) return 'prefix'
  if (cookie.secure && !isSecure) return 'secure'
  const keepsToSite = cookie.sameSite === 'strict' || cookie.sameSite === 'lax' || (cookie.sameSite === 'unset' && ways.unsetIsLax)
  if (context.sameSite === 'unset-or-less' && keepsToSite) return 'same-site'
  const isPartitioned = asksForPartition(parsed, context)
  if (isPartitioned && !cookie.secure) return 'partitioned-without-secure'
  if (ways.thirdParty === 'stay' && context.thirdParty && !isPartitioned) return 'third-party'
  return ways.thirdParty === 'go along, but are not set' && !context.isPagesHost ? 'third-party' : null
}

/** https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-name-prefixes */
function keepsItsPrefix({ name, secure, hostOnly, path }: StoredCookie, parsed: Cookie, prefixes: 'with path' | 'any path'): boolean {
  const lower = name.toLowerCase()
  if (lower.startsWith('__secure-')) return secure
  if (!lower.startsWith('__host-')) return true
  return secure && hostOnly && path === '/' && (prefixes === 'any path' || parsed.path !== null)
}

function sameSiteOf(said: string | undefined): StoredCookie['sameSite'] {
  return said === 'strict' || said === 'lax' || said === 'none' ? said : 'unset'
}

const lastLaxOrStrictOf = (setCookie: string): string | undefined =>
  [...setCookie.matchAll(/;\s*samesite\s*=\s*(lax|strict)\s*(?=;|$)/gi)].at(-1)?.[1]?.toLowerCase()

/** A `Domain` that is empty, or that is the host where the host has no domain, says nothing. */
function domainOf({ domain }: Cookie, host: string): Pick<StoredCookie, 'domain' | 'hostOnly'> {
  const says = domain !== null && domain !== '' && !(domain === host && getDomain(host, { allowPrivateDomains: true }) === null)
  return says ? { domain, hostOnly: false } : { domain: host, hostOnly: true }
}

const asksForPartition = ({ extensions }: Cookie, { ways }: CookieContext): boolean =>
  ways.partitionedAttribute !== 'means nothing' && (extensions?.some((each) => /^partitioned(=|$)/i.test(each.trim())) ?? false)

function partitionKeyOf(parsed: Cookie, context: CookieContext): string | null {
  const byItself = context.thirdParty && context.ways.thirdParty === 'are kept for each page’s site'
  return byItself || asksForPartition(parsed, context) ? partitionOf(context) : null
}

/** Where a partitioned cookie lies for a request: with the page's site and, in some browsers, apart where the URL is of another site. */
export function partitionOf({ ways, thirdParty, partitionKey }: CookieContext): string {
  const liesApart = thirdParty && ways.partitionedAttribute === 'for each page’s site, and apart for other sites’ URLs'
  return liesApart ? `${partitionKey}, for other sites` : partitionKey
}

/** What the last attribute alone says that says how long the cookie lives; a `Max-Age` that is no number says nothing. */
function lastLifetimeOf(setCookie: string): Lifetime {
  const last = setCookie.split(';').findLast((each, at) => at > 0 && /^\s*(?:expires\s*=|max-age\s*=\s*-?[0-9]+\s*$)/i.test(each))
  return Cookie.parse(`name=; ${last ?? ''}`, { loose: true }) ?? { maxAge: null, expires: null }
}

type Lifetime = Pick<Cookie, 'maxAge' | 'expires'>

/** `Max-Age` counts before `Expires`. */
function expiryOf({ maxAge, expires }: Lifetime, { now, startedAt }: CookieContext): number | null {
  if (maxAge === 'Infinity') return null
  if (maxAge === '-Infinity') return now
  if (maxAge !== null) return maxAge <= 0 ? now : now + maxAge
  return expires instanceof Date ? (expires.getTime() - startedAt) / 1000 : null
}
