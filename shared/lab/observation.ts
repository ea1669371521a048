import type { Ending, Outcome } from './prediction.ts'

/** A request as it arrived at the scenario's servers. */
export interface ObservedExchange {
  readonly kind: 'preflight' | 'request'
  readonly method: string
  readonly url: string
  /** The `Origin` header's value; null where there is none; `"null"` where the header says null. */
  readonly origin: string | null
  /** Preflights only. */
  readonly requestMethod?: string
  /** Preflights only: the names in `Access-Control-Request-Headers`, in its order. */
  readonly requestHeaders?: readonly string[]
  /** Requests only: the names of the cookies that came along, sorted; absent for none. */
  readonly cookies?: readonly string[]
}

/** How one request ended. */
export type ObservedEnding = Ending<Exclude<Outcome, 'unanswered' | 'not modelled'>>

/** What a real browser did with a scenario, in the form of the recorded vectors (tests/conformance). */
export interface Observation extends Partial<ObservedEnding> {
  readonly id: string
  /** In order of arrival. Where a connection was dropped and the browser sent the same request again, it counts once. */
  readonly exchanges: readonly ObservedExchange[]
  /** Of a scenario with several requests: how each ended, in place of `outcome` and what belongs to it. */
  readonly outcomes?: readonly ObservedEnding[]
  /** The first error message in the browser's console, where there was one. */
  readonly console?: readonly string[]
}
