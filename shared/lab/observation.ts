import type { Outcome } from './prediction.ts'

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
}

/** What a real browser did with a scenario, in the form of the recorded vectors (tests/conformance). */
export interface Observation {
  readonly id: string
  /** In order of arrival. Where a connection was dropped and the browser sent the same request again, it counts once. */
  readonly exchanges: readonly ObservedExchange[]
  readonly outcome: Exclude<Outcome, 'unanswered' | 'not modelled'>
  /** With `basic`, `cors` and `load`: what the script read. */
  readonly status?: number
  /** With `basic`, `cors` and `load`: the header names the script read, lower case, sorted. */
  readonly headers?: readonly string[]
  /** The first error message in the browser's console, where there was one. */
  readonly console?: readonly string[]
}
