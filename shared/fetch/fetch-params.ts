import type { BrowserProfile } from './browser-profile.ts'
import type { CookieStore } from './cookie-store.ts'
import type { CORSPreflightCache } from './cors-preflight-cache.ts'
import type { Request } from './request.ts'
import type { Ruling } from './ruling.ts'
import type { RegistrableDomain } from './site.ts'
import type { HTTPNetworkFetch, NetworkAnswer } from './steps.ts'

/** A ruling as it was made: what it did, and when. */
export interface RecordedRuling extends Ruling {
  /** It let the request go on, stopped it, or only said which way it goes. */
  readonly effect: 'passed' | 'stopped' | 'decided'
  /** How many exchanges had been sent when the step ruled. */
  readonly exchanges: number
  /** The browser's own way that made it rule otherwise than the standard. */
  readonly deviation?: string
}

/** One trip to the network and what came of it. */
export interface Exchange {
  readonly sent: HTTPNetworkFetch
  readonly answer: NetworkAnswer
}

/** https://fetch.spec.whatwg.org/#fetch-params: what goes along through all the steps of one fetch. */
export interface FetchParams {
  readonly request: Request
  readonly profile: BrowserProfile
  readonly registrableDomain: RegistrableDomain
  readonly trace: RecordedRuling[]
  readonly exchanges: Exchange[]
  /** A value: storing into it replaces it. */
  preflightCache: CORSPreflightCache
  /** A value: storing into it replaces it. */
  cookieStore: CookieStore
  /** Where the page was loaded from: the top-level site, also of a sandboxed page, whose own origin is opaque. */
  readonly pageOrigin: string
  /** Seconds since any moment that is the same for all uses of the cache and the store. */
  readonly now: number
  /** The date of that moment, in milliseconds since 1970. */
  readonly startedAt: number
  /** The headers as the script set them; browsers that restore them on a redirect look here. */
  readonly authorHeaderList: Request['headerList']
  /** The headers that the script set and the browser left out, as the script wrote them. */
  readonly droppedHeaders: readonly string[]
  readonly memory: Memory
}

/** What a browser remembers of the way so far, for the ways in which browsers differ. */
export interface Memory {
  /** A preflight was needed before. */
  preflighted: boolean
  /** The `Origin` header sent last. */
  originHeader: string | null
  /** The request began with credentials: credentials mode "include", or "same-origin" at the page's own origin. */
  readonly credentialed: boolean
  /** There was a body at the start; a redirect may have removed it. */
  readonly hadBody: boolean
  /**
   * A check that the redirect just taken fails, but whose failure this browser only sees once it has sent the preflight of the next URL; with the
   * deviation that shows, and the one that shows where no preflight is needed.
   */
  lateRefusal: { readonly ruling: Ruling; readonly deviation: string; readonly withoutPreflight: string | undefined } | null
  /** The headers that the latest redirect removed, lower case. */
  strippedHere: ReadonlySet<string>
}

/** Puts a ruling on record. */
export function rule<R extends Ruling>(
  fetchParams: FetchParams,
  effect: RecordedRuling['effect'],
  ruling: R,
  deviation?: string,
): R['result'] {
  const recorded: RecordedRuling = { ...ruling, effect, exchanges: fetchParams.exchanges.length }
  fetchParams.trace.push(deviation === undefined ? recorded : { ...recorded, deviation })
  return ruling.result
}
