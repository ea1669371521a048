import type { HeaderList } from '../fetch/header-list.ts'
import type { Ruling } from '../fetch/ruling.ts'
import type { NetworkAnswer } from '../fetch/steps.ts'

/** The columns of every verdict: the standard, and each browser that has a profile. */
export const profileNames = ['standard', 'chromium', 'firefox', 'webkit'] as const
export type ProfileName = (typeof profileNames)[number]

/** One request as it goes on the wire, and what came back. The first fields are those of the recorded observations. */
export interface PredictedExchange {
  readonly kind: 'preflight' | 'request'
  readonly method: string
  readonly url: string
  /** The `Origin` header's value; null where there is none; `"null"` where the header says null. */
  readonly origin: string | null
  /** Preflights only: the value of `Access-Control-Request-Method`. */
  readonly requestMethod?: string
  /** Preflights only: the names in `Access-Control-Request-Headers`, in its order; empty where there is no such header. */
  readonly requestHeaders?: readonly string[]
  /** Requests only: the names of the cookies that went along, sorted; absent for none. */
  readonly cookies?: readonly string[]
  /** Every header sent, in order. */
  readonly headerList: HeaderList
  readonly body: string | null
  readonly answer: NetworkAnswer
}

/**
 * `basic`, `cors`, `opaque`, `opaqueredirect`: fetch's response type; `load`: the event of XMLHttpRequest and of elements, or what `import()`
 * fulfils; `network-error`: a rejection or the error event; `exception`: thrown by the call; `sent`, `refused`: what `sendBeacon()` returns;
 * `unanswered`: what the server says is not known; `not modelled`: the lab does not know.
 */
export type Outcome =
  | 'basic'
  | 'cors'
  | 'opaque'
  | 'opaqueredirect'
  | 'load'
  | 'network-error'
  | 'exception'
  | 'sent'
  | 'refused'
  | 'unanswered'
  | 'not modelled'

/** What came of one request. */
export interface Ending<O extends Outcome = Outcome> {
  readonly outcome: O
  /** With `basic`, `cors`, and XMLHttpRequest's `load`: what the script reads. */
  readonly status?: number
  /** The header names the script reads, lower case, sorted; where there is a status. */
  readonly headers?: readonly string[]
  /** An iframe that loaded: whether the page can reach its document. */
  readonly readable?: boolean
}

export interface TracedRuling extends Ruling {
  /** How many exchanges had been sent when the step ruled. */
  readonly exchanges: number
  /** One plain sentence: what the step decided, on what. */
  readonly sentence: string
  /** The step in the standard (or, for what a browser does otherwise, where that is described). */
  readonly link: string
  /** What it did to the request: let it go on, stopped it, or only said which way it goes. */
  readonly effect: 'passed' | 'stopped' | 'decided'
  /** The browser's own way that made it rule otherwise than the standard: a deviation's name. */
  readonly deviation?: string
}

/**
 * Everything a browser would do with a scenario, and why; or, for a run, what it would have done with the answers that came.
 * Of several requests, exchanges and trace are of all, in order; the ending and the ruling are the last one's.
 */
export interface Prediction extends Ending {
  readonly id: string
  readonly profile: ProfileName
  readonly exchanges: readonly PredictedExchange[]
  /** Of a scenario with several requests: how each ended. */
  readonly outcomes?: readonly Ending[]
  /** Of a scenario with several requests: what each did by itself. */
  readonly parts?: readonly Prediction[]
  /** The first console message, word for word, where the browser prints one. */
  readonly console?: string
  /** The ruling that decided the outcome: the last of `trace` that stopped the request, or that let the response through. */
  readonly ruling: TracedRuling
  readonly trace: readonly TracedRuling[]
}
