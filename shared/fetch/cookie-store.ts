/** Whether cookies for one site only may go along: https://fetch.spec.whatwg.org/#cookie-infrastructure */
export type SameSiteMode = 'strict-or-less' | 'unset-or-less'

/** The ways in which browsers keep and send cookies otherwise. */
export interface CookieWays {
  /** Sites are told apart by their scheme, too. */
  readonly sitesHaveSchemes: boolean
  /** A page with an opaque origin, which a sandboxed one has, is of the site of its URL; to the standard it is of none. */
  readonly sandboxedPagesAreOfTheirSite: boolean
  /** A trustworthy URL without https, which loopback is, sets and gets `Secure` cookies. */
  readonly trustsLoopback: boolean
  /** `SameSite=None` without `Secure` is no cookie. */
  readonly noneNeedsSecure: boolean
  /** Of `Max-Age` and `Expires` the last one counts, and not `Max-Age` wherever it stands. */
  readonly lastLifetimeCounts: boolean
  /** Where `SameSite` is said more than once, the last `Lax` or `Strict` counts: no other word takes it back. */
  readonly lastLaxOrStrictCounts: boolean
  /** Which secure cookies of its name keep one without https from being set: of any domain above or below, that some host gets as well, or the same one. */
  readonly secureShelters: 'any domain above or below' | 'what goes to the same host' | 'itself'
  /** A cookie that says nothing of SameSite counts as `Lax`. */
  readonly unsetIsLax: boolean
  /** Whether the prefixes `__Secure-` and `__Host-` mean something; the latter with or without a `Path` of its own. */
  readonly prefixes: 'mean nothing' | 'with path' | 'any path'
  /** Which URLs of a redirect chain have to be of the page's site; and whether all of them of one scheme, whichever that is. */
  readonly sameSiteChain: 'whole' | 'last' | 'whole, in one scheme, but for the page’s host'
  /** What becomes of cookies of other sites than the page's. */
  readonly thirdParty: 'go along' | 'stay' | 'are kept for each page’s site' | 'go along, but are not set'
  /** Where `Partitioned` cookies are kept; those set by URLs of other sites than the page's, or with another scheme, may lie apart. */
  readonly partitionedAttribute: 'means nothing' | 'for each page’s site' | 'for each page’s site, and apart for other sites’ URLs'
}

/** From where to where a request goes, as far as cookies ask. */
export interface CookieContext {
  readonly url: URL
  /** https, or as good as that. */
  readonly isSecure: boolean
  readonly sameSite: SameSiteMode
  /** The URL is of another site than the page. */
  readonly thirdParty: boolean
  /** The URL's host is the page's own. */
  readonly isPagesHost: boolean
  /** The page's site, scheme included. */
  readonly partitionKey: string
  /** Seconds, on the clock of the fetch. */
  readonly now: number
  /** The date when that clock was at 0, in milliseconds since 1970. */
  readonly startedAt: number
  readonly ways: CookieWays
}

/** Why a cookie of the host stays behind. */
export type StayReason = 'secure' | 'path' | 'strict' | 'lax' | 'unset' | 'third-party' | 'partition'

/** Why a `Set-Cookie` line sets nothing. */
export type RefusalReason =
  | 'unreadable'
  | 'domain'
  | 'secure'
  | 'prefix'
  | 'none-without-secure'
  | 'partitioned-without-secure'
  | 'same-site'
  | 'third-party'
  | 'leaves-secure-alone'

export interface RetrievedCookies {
  /** In the order of the header. */
  readonly sent: readonly { readonly name: string; readonly value: string }[]
  readonly stayed: readonly { readonly name: string; readonly reason: StayReason }[]
}

/** A cookie store as a value: storing gives another one. */
export interface CookieStore {
  readonly isEmpty: boolean
  retrieve(context: CookieContext): RetrievedCookies
  /** @param refused null: the cookie is kept, or deleted as it asks */
  store(
    setCookie: string,
    context: CookieContext,
  ): { readonly store: CookieStore; readonly name: string; readonly refused: RefusalReason | null }
}
