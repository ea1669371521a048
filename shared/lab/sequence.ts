import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { CacheEntry } from '#shared/fetch/cors-preflight-cache'
import type { FetchSteps } from '#shared/fetch/steps'
import { requestsOf } from '#shared/scenario/one-request'
import type { LaterRequest, Scenario } from '#shared/scenario/scenario'
import type { Ending, Prediction, TracedRuling } from './prediction.ts'
import { requestSteps } from './request-steps.ts'
import type { BrowserState, Requested } from './request-steps.ts'

/** One of the requests that a scenario's page makes one after another. */
export interface SequencedRequest extends Requested {
  /** Seconds since the first request. */
  readonly at: number
  /** Of this request alone. */
  readonly prediction: Prediction
  readonly preflight: PreflightReason
  /** What the browser remembers afterwards. */
  readonly state: BrowserState
}

/** Whether a preflight was sent, and the rulings that say why. */
export interface PreflightReason {
  readonly sent: boolean
  readonly rulings: readonly TracedRuling[]
}

/** Is told of a request that is about to be made, when it is time; what it gives back is what the browser remembers then. */
export type BeforeRequest = (state: BrowserState, request: LaterRequest) => BrowserState

/**
 * The requests of a scenario, each when the one before has ended: time passes by their `after` alone.
 * @param state what the browser remembers at the start
 */
export function* sequenceSteps(
  scenario: Scenario,
  profile: BrowserProfile,
  state: BrowserState,
  before: BeforeRequest = (remembered) => remembered,
): FetchSteps<SequencedRequest[]> {
  const requested: SequencedRequest[] = []
  let last = state
  for (const request of requestsOf(scenario)) {
    const at = requested.length === 0 ? last.now : last.now + (request.after ?? 0) / 1000
    const made = yield* requestSteps(scenario, request, profile, before({ ...last, now: at }, request))
    requested.push({ ...made, at, preflight: preflightReason(made.prediction) })
    last = made.state
  }
  return requested
}

export function preflightReason({ exchanges, trace, ruling }: Prediction): PreflightReason {
  const sent = exchanges.some(({ kind }) => kind === 'preflight')
  const rulings = trace.filter(({ step }) => step === 'main-fetch/12' || step === 'http-fetch/4.1')
  return { sent, rulings: rulings.length > 0 ? rulings : [ruling] }
}

/** An entry of the CORS-preflight cache that is still good. */
export interface LiveEntry {
  readonly entry: CacheEntry
  readonly secondsLeft: number
}

/** What of a CORS-preflight cache is still good at a time. */
export function liveEntries({ preflightCache, now }: Pick<BrowserState, 'preflightCache' | 'now'>): LiveEntry[] {
  return preflightCache.map((entry) => ({ entry, secondsLeft: entry.storedAt + entry.maxAge - now })).filter(({ secondsLeft }) => secondsLeft > 0)
}

/** A sequence as one prediction. */
export function together(requested: readonly SequencedRequest[]): Prediction {
  const all = requested.map(({ prediction }) => prediction)
  const last = all.at(-1)
  if (last === undefined) throw new Error('A scenario has one request at least.')
  const console = all.find((each) => each.console !== undefined)?.console
  let sent = 0
  const trace = all.flatMap((each) => {
    const before = sent
    sent += each.exchanges.length
    return before === 0 ? each.trace : each.trace.map((ruling) => ({ ...ruling, exchanges: ruling.exchanges + before }))
  })
  return {
    ...last,
    exchanges: all.flatMap(({ exchanges }) => exchanges),
    outcomes: all.map(endingOf),
    parts: all,
    ...(console === undefined ? {} : { console }),
    ruling: trace[trace.length - last.trace.length + last.trace.indexOf(last.ruling)] ?? last.ruling,
    trace,
  }
}

/** What one request of a prediction did; counted from 0. */
export const partOf = (prediction: Prediction, at: number): Prediction => prediction.parts?.[at] ?? prediction

const endingOf = ({ outcome, status, headers, readable }: Prediction): Ending => ({
  outcome,
  ...(status === undefined ? {} : { status }),
  ...(headers === undefined ? {} : { headers }),
  ...(readable === undefined ? {} : { readable }),
})
