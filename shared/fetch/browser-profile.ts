import type { CookieWays } from './cookie-store.ts'
import type { MixedContentWays } from './mixed-content.ts'
import type { ActualResponse } from './response.ts'
import type { Ruling } from './ruling.ts'
import type { WireHabits } from './wire-habits.ts'

/** Something that a browser does otherwise than the standard. */
export interface Deviation {
  /** What the browser does, in camelCase. */
  readonly name: string
  /** The way that carries it out. */
  readonly way: keyof BrowserWays | keyof CookieWays | 'mixedContent'
  /** One or two plain sentences. */
  readonly explanation: string
  /** The version it was seen in. */
  readonly version: string
  /** A recorded scenario that shows it. */
  readonly scenario: string
  /** Where it is described or tracked. */
  readonly link?: string
}

/**
 * The places in the standard's algorithms where browsers go another way. Each is asked for by name in the step concerned; where all are as in
 * `standardWays`, the steps are the standard's.
 */
export interface BrowserWays {
  /** Says of a request-header whether it is CORS-safelisted, and which deviation says so; undefined leaves it to the standard. */
  readonly safelistsOtherwise: (name: string, value: string) => { readonly safelisted: boolean; readonly deviation: string } | undefined
  /** Headers of one name are put together, `a, b`, before anything looks at their values. */
  readonly combinesRepeatedHeaders: boolean
  /** A request with one of these headers (lower case) is refused before anything is sent. */
  readonly refusesRequestHeaders: readonly string[]
  /** A name that was set twice is asked for twice. */
  readonly repeatsRequestedNames: boolean
  /** A preflight's answer without `Access-Control-Allow-Methods` allows no method, also where an upload listener asked for the preflight. */
  readonly missingMethodsAllowNone: boolean
  /** However long the safelisted values are together, they stay safelisted; the standard draws a line at 1024 bytes. */
  readonly ignoresSafelistValueSize: boolean
  /** A listener on `xhr.upload` asks for a preflight only if there is a body to upload. */
  readonly uploadListenerNeedsBody: boolean
  /** A redirect to a URL with a user name or password is refused to `fetch()` even where it stays within the page's own origin. */
  readonly blocksEmbeddedCredentials: boolean
  /** A redirect out of the page's own origin to a URL with a user name or password is refused only after the preflight. */
  readonly preflightsBeforeRefusingCredentials: boolean
  /** A redirect to mixed content is blocked only after the preflight. */
  readonly preflightsBeforeBlocking: boolean
  /** Status 407 is for proxies alone: from anyone else it is a network error. */
  readonly refusesStatus407: boolean
  /** `*` in `Access-Control-Allow-Headers` also allows `Authorization`. */
  readonly wildcardCoversAuthorization: boolean
  /** A preflight carries the page's own origin even after redirects have made the request's `null`, and is not checked where that is its URL's, too. */
  readonly preflightKeepsOriginAfterRedirect: boolean
  /** A request that was preflighted once is preflighted again after every redirect. */
  readonly preflightsAgainAfterRedirect: boolean
  /** After a redirect, the preflight asks for the headers that the script set, but for those that this very redirect removed. */
  readonly preflightAsksForOriginalHeaders: boolean
  /** A redirect takes no header away: neither `Content-Type` when the method turns into GET, nor `Authorization` at another origin. */
  readonly keepsHeadersOnRedirect: boolean
  /** Headers (lower case) that every redirect takes away, wherever it leads. */
  readonly dropsOnRedirect: ReadonlySet<string>
  /** An `Origin` header stays when a redirect within one origin turns the method into GET. */
  readonly keepsOriginHeaderOnRedirect: boolean
  /** In the CORS-preflight cache `*` is a method and a header name like any other. */
  readonly cachesNoWildcards: boolean
  /** How many seconds a value of `Access-Control-Max-Age` says; undefined leaves it to the standard. */
  readonly readsMaxAge: (value: string) => number | undefined
  /** The CORS-preflight cache has one preflight for a URL: the last. One that does not allow a request is gone with it. */
  readonly keepsLastPreflightOnly: boolean
  /** A preflight is kept in the CORS-preflight cache even where it does not allow the method or a header that was asked for. */
  readonly keepsRefusingPreflights: boolean
  /** What a preflight with credentials has allowed is kept for requests with credentials alone. */
  readonly keepsCredentialedApart: boolean
  /** To the CORS-preflight cache HEAD is no CORS-safelisted method: a preflight has to have named it. */
  readonly cacheHasToNameHEAD: boolean
  /** What has to be without credentials for a `*` in the CORS-preflight cache to stand for every name; nothing in the standard. */
  readonly cachedWildcardsNeedNoCredentials: 'of the preflight' | 'of the request' | false
  /** In the CORS-preflight cache `*` covers `Authorization`, too. */
  readonly cachedWildcardCoversAuthorization: boolean
  /** Every status from 309 on, up to 399, is a redirect where there is a Location. */
  readonly redirectsOnOtherStatuses: boolean
  /** A redirect to `ftp:` is a network error even where redirects are not followed. */
  readonly refusesFTPLocations: boolean
  /** Bad ports that the browser does not block. */
  readonly allowsBadPorts: readonly string[]
  /** To `fetch()`, a `*` in `Access-Control-Expose-Headers` counts however invalid the rest behind it is. */
  readonly wildcardEndsExposedNames: boolean
  /** An XMLHttpRequest with a blob sends no `Content-Type` where the blob's type is no MIME type. */
  readonly ignoresBlobTypesThatAreNone: boolean
  /** An XMLHttpRequest with a string puts `UTF-8` in the place of a charset, and leaves the rest of the `Content-Type` as written, quotation marks and all. */
  readonly replacesCharsetInPlace: boolean
  /** A DELETE becomes a GET when a redirect leads to another origin. */
  readonly deleteBecomesGETElsewhere: boolean
  /** A host with a space in it is a host, `a%20b`; no URL at all in the standard. */
  readonly readsSpacesInHosts: boolean
  /** What a `Location` header says, as the URL parser gets it, for a value with bytes beyond ASCII. */
  readonly readsLocation: (value: string) => string
  /** Several `Location` headers are put together, `a, b`, and read as one. */
  readonly combinesLocations: boolean
  /** What an empty `Location` is: the URL that answered, as in the standard; no redirect at all; or a network error. */
  readonly emptyLocation: 'this URL' | 'no redirect' | 'network error'
  /** With redirect mode "error", a redirect status without a `Location`, or with an empty one, is a response as any other. */
  readonly redirectsNeedALocation: boolean
  /** Two different `Location` headers make a network error of any answer, and so do two of `Content-Disposition` or `Content-Length`. */
  readonly refusesContradictoryHeaders: boolean
  /** `about:blank` cannot be fetched, not even with mode "no-cors". */
  readonly refusesAboutBlank: boolean
  /** A `Location` that is no URL is a network error even where redirects are not followed. */
  readonly checksLocationFirst: boolean
  /** To `fetch()`, the answer to a `data:` URL has a `Content-Length`. */
  readonly measuresDataURLs: boolean
  /** A request that began at the page's own origin with credentials counts as credentialed when a redirect's answer is checked at another. */
  readonly checksRedirectsWithInitialCredentials: boolean
  /** What is of the page's site for a resource policy: never an address with another port; or whatever ends like the page's registrable domain or host. */
  readonly resourcePolicySites: 'as everywhere' | 'not of addresses' | 'by how a host ends'
  /** An element's CORS request carries `Origin` even to the page's own origin. */
  readonly elementsSendOriginAtHome: boolean
  /** Why an opaque response is kept from an element: opaque-response blocking; null where it is not. The standard knows no such thing. */
  readonly blocksOpaqueResponse: (response: ActualResponse) => Ruling | null
  /** Which scripts run with a status of 300 to 399 that leads nowhere; none in the standard, where the status has to be an ok status. */
  readonly runsScriptsOfRedirectStatus: 'none' | 'classic' | 'classic and module'
  /** A style sheet of a status of 300 to 399 that leads nowhere counts as loaded. */
  readonly loadsSheetsOfRedirectStatus: boolean
  /** A script or style sheet without a body, as with status 204, is an empty one; in the standard it has failed. */
  readonly takesNoBodyForEmpty: boolean
  /** A style sheet that is none by its type loads, without any effect. */
  readonly loadsSheetsOfAnyType: boolean
  /** A worker's script may be of any type that is not blocked. */
  readonly runsWorkersOfAnyType: boolean
  /** `new Worker()` throws where the URL is of another origin; in the standard the worker gets an error event. */
  readonly workersThrowElsewhere: boolean
  /** A preload that fails elsewhere fires `load`, not `error`, once something was sent; and `error` where it may look at a status that is not ok. */
  readonly preloadsHideFailures: boolean
  /** Images are told by their bytes before anyone looks at their type, and an SVG image needs an ok status. */
  readonly sniffsImagesFirst: boolean
  /** `sendBeacon()` returns false for what is blocked before it is sent: nothing in the standard, mixed content, or bad ports, too. */
  readonly beaconsTellWhatIsBlocked: 'nothing' | 'mixed content' | 'all'
  /** A beacon without CORS tells the origin of the page's URL, also of a sandboxed page, which has another; until it is redirected elsewhere. */
  readonly beaconsTellThePagesURL: boolean
  /** `sendBeacon()` takes any amount of data. */
  readonly beaconsOfAnySize: boolean
  /** A request without CORS that a redirect led from one origin to another says `Origin: null`, wherever it began. */
  readonly hidesOriginOnceElsewhere: boolean
  /** A request without CORS carries its `Origin` even from https to http, where the standard says `null`. */
  readonly tellsOriginWhereLessSecure: boolean
  /** When a request with credentials of an opaque origin says `Origin: null` even without CORS. */
  readonly tellsOpaqueOrigin: 'never' | 'where it began at its page’s site' | 'while it stays at its page’s site, securely'
  /** Events are not read where a charset is given, and not UTF-8. */
  readonly eventsMustBeUTF8: boolean
  /** Fonts are requested without CORS, and with credentials. */
  readonly fontsWithoutCORS: boolean
  /** With which statuses a font loads. */
  readonly fontStatuses: 'any' | 'below 400' | 'ok'
}

export interface BrowserProfile {
  readonly name: 'standard' | 'chromium' | 'firefox' | 'webkit'
  readonly label: string
  readonly version: string
  readonly shortName: 'Std' | 'Cr' | 'Fx' | 'Wk'
  /** Seconds; the limit that the browser imposes on `Access-Control-Max-Age`. */
  readonly maxAgeLimit: number
  /** The `User-Agent` header. */
  readonly userAgent: string
  readonly wire: WireHabits
  readonly deviations: readonly Deviation[]
  readonly ways: BrowserWays
  readonly cookies: CookieWays
  readonly mixedContent: MixedContentWays
}

/** As the Fetch standard and its cookie store have it. */
export const standardCookies: CookieWays = {
  sitesHaveSchemes: true,
  sandboxedPagesAreOfTheirSite: false,
  trustsLoopback: false,
  noneNeedsSecure: true,
  lastLifetimeCounts: false,
  lastLaxOrStrictCounts: false,
  secureShelters: 'any domain above or below',
  unsetIsLax: false,
  prefixes: 'with path',
  sameSiteChain: 'whole',
  thirdParty: 'go along',
  partitionedAttribute: 'means nothing',
}

export const standardWays: BrowserWays = {
  safelistsOtherwise: () => undefined,
  combinesRepeatedHeaders: false,
  refusesRequestHeaders: [],
  repeatsRequestedNames: false,
  missingMethodsAllowNone: false,
  ignoresSafelistValueSize: false,
  uploadListenerNeedsBody: false,
  blocksEmbeddedCredentials: false,
  preflightsBeforeRefusingCredentials: false,
  preflightsBeforeBlocking: false,
  refusesStatus407: false,
  wildcardCoversAuthorization: false,
  preflightKeepsOriginAfterRedirect: false,
  preflightsAgainAfterRedirect: false,
  preflightAsksForOriginalHeaders: false,
  keepsHeadersOnRedirect: false,
  dropsOnRedirect: new Set(),
  keepsOriginHeaderOnRedirect: false,
  cachesNoWildcards: false,
  readsMaxAge: () => undefined,
  keepsLastPreflightOnly: false,
  keepsRefusingPreflights: false,
  keepsCredentialedApart: false,
  cacheHasToNameHEAD: false,
  cachedWildcardsNeedNoCredentials: false,
  cachedWildcardCoversAuthorization: false,
  redirectsOnOtherStatuses: false,
  refusesFTPLocations: false,
  allowsBadPorts: [],
  wildcardEndsExposedNames: false,
  ignoresBlobTypesThatAreNone: false,
  replacesCharsetInPlace: false,
  deleteBecomesGETElsewhere: false,
  readsSpacesInHosts: false,
  readsLocation: (value) => value,
  combinesLocations: false,
  emptyLocation: 'this URL',
  redirectsNeedALocation: false,
  refusesContradictoryHeaders: false,
  refusesAboutBlank: false,
  checksLocationFirst: false,
  measuresDataURLs: false,
  checksRedirectsWithInitialCredentials: false,
  resourcePolicySites: 'as everywhere',
  elementsSendOriginAtHome: false,
  blocksOpaqueResponse: () => null,
  runsScriptsOfRedirectStatus: 'none',
  loadsSheetsOfRedirectStatus: false,
  takesNoBodyForEmpty: false,
  loadsSheetsOfAnyType: false,
  runsWorkersOfAnyType: false,
  workersThrowElsewhere: false,
  preloadsHideFailures: false,
  sniffsImagesFirst: false,
  beaconsTellWhatIsBlocked: 'nothing',
  beaconsTellThePagesURL: false,
  beaconsOfAnySize: false,
  hidesOriginOnceElsewhere: false,
  tellsOriginWhereLessSecure: false,
  tellsOpaqueOrigin: 'never',
  eventsMustBeUTF8: false,
  fontsWithoutCORS: false,
  fontStatuses: 'any',
}
