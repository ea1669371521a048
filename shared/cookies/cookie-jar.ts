import { domainMatch, pathMatch } from 'tough-cookie'
import type { CookieContext, CookieStore, RefusalReason, RetrievedCookies, StayReason } from '#shared/fetch/cookie-store'
import { cookieOf, partitionOf } from './cookie-of.ts'

/** https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-cookie-struct, with what browsers keep besides. */
export interface StoredCookie {
  readonly name: string
  readonly value: string
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: 'strict' | 'lax' | 'none' | 'unset'
  readonly domain: string
  readonly hostOnly: boolean
  readonly path: string
  /** The page's site for which alone it is kept; null for all. */
  readonly partitionKey: string | null
  /** Seconds on the clock of the fetch; null for the session. */
  readonly expires: number | null
}

/** https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html, as a value. */
export class CookieJar implements CookieStore {
  readonly cookies: readonly StoredCookie[]

  /** @param cookies in the order of their creation */
  constructor(cookies: readonly StoredCookie[] = []) {
    this.cookies = cookies
  }

  get isEmpty(): boolean {
    return this.cookies.length === 0
  }

  /** https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-retrieve-cookies */
  retrieve(context: CookieContext): RetrievedCookies {
    const sent: StoredCookie[] = []
    const stayed: { name: string; reason: StayReason }[] = []
    for (const cookie of this.cookies) {
      if (!isLive(cookie, context) || !isOfHost(cookie, context.url.hostname)) continue
      const reason = reasonToStay(cookie, context)
      if (reason === null) sent.push(cookie)
      else stayed.push({ name: cookie.name, reason })
    }
    // Longer paths first, and among those of one length the earlier ones: sorting keeps their order.
    return { sent: sent.toSorted((a, b) => b.path.length - a.path.length), stayed }
  }

  /** https://httpwg.org/http-extensions/draft-ietf-httpbis-layered-cookies.html#name-parse-and-store-a-cookie */
  store(setCookie: string, context: CookieContext): { store: CookieJar; name: string; refused: RefusalReason | null } {
    const read = cookieOf(setCookie, context)
    if ('refused' in read) return { store: this, ...read }
    const { name } = read
    if (!context.isSecure && this.cookies.some((known) => known.secure && isSheltered(known, read, context.ways)))
      return { store: this, name, refused: 'leaves-secure-alone' }
    const others = this.cookies.filter((known) => !isSame(known, read))
    // One that has expired is deleted by that; one that is set again keeps its place.
    if (read.expires !== null && read.expires <= context.now) return { store: new CookieJar(others), name, refused: null }
    const at = this.cookies.findIndex((known) => isSame(known, read))
    const cookies = at < 0 ? [...this.cookies, read] : this.cookies.with(at, read)
    return { store: new CookieJar(cookies), name, refused: null }
  }
}

export const emptyCookieJar = new CookieJar()

const isLive = ({ expires }: StoredCookie, { now }: CookieContext): boolean => expires === null || now < expires

const isOfHost = ({ domain, hostOnly }: StoredCookie, host: string): boolean =>
  hostOnly ? domain === host : domainMatch(host, domain, false) === true

function reasonToStay({ secure, sameSite, path, partitionKey }: StoredCookie, context: CookieContext): StayReason | null {
  const { ways } = context
  if (!pathMatch(context.url.pathname, path)) return 'path'
  if (secure && !context.isSecure) return 'secure'
  if (context.sameSite === 'unset-or-less') {
    if (sameSite === 'strict' || sameSite === 'lax') return sameSite
    if (sameSite === 'unset' && ways.unsetIsLax) return 'unset'
  }
  if (partitionKey !== null) return partitionKey === partitionOf(context) ? null : 'partition'
  if (!context.thirdParty) return null
  if (ways.thirdParty === 'stay') return 'third-party'
  return ways.thirdParty === 'are kept for each page’s site' ? 'partition' : null
}

const isSame = (a: StoredCookie, b: StoredCookie): boolean =>
  a.name === b.name && a.domain === b.domain && a.hostOnly === b.hostOnly && a.path === b.path && a.partitionKey === b.partitionKey

/** A cookie without https may not come in the place of a secure one of the same partition. */
function isSheltered(known: StoredCookie, read: StoredCookie, { secureShelters }: CookieContext['ways']): boolean {
  if (secureShelters === 'itself') return isSame(known, read)
  if (known.name !== read.name || known.partitionKey !== read.partitionKey || !pathMatch(read.path, known.path)) return false
  return secureShelters === 'what goes to the same host'
    ? isOfHost(known, read.domain) || isOfHost(read, known.domain)
    : domainMatch(known.domain, read.domain, false) === true || domainMatch(read.domain, known.domain, false) === true
}
