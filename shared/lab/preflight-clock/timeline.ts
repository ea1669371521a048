import { profiles } from '#shared/beyond-fetch/profiles/index'
import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import { drive } from '#shared/fetch/steps'
import type { LaterRequest, Scenario } from '#shared/scenario/scenario'
import type { Answering } from '../answers.ts'
import type { Prediction, ProfileName } from '../prediction.ts'
import { requestSteps } from '../request-steps.ts'
import type { BrowserState } from '../request-steps.ts'
import { preflightReason, sequenceSteps } from '../sequence.ts'
import type { PreflightReason, SequencedRequest } from '../sequence.ts'
import { stateAtTheStart } from '../visits.ts'

/** A page's requests, the browser they are made in, and the servers that answer. */
export interface Story {
  readonly scenario: Scenario
  readonly profile: ProfileName
  readonly answer: Answering
  /** How the servers answered before their policies were changed; null: they were not. */
  readonly before: Answering | null
}

export interface Clock {
  /** Seconds since the first request. Where the policies were changed, that is taken to be the moment of it. */
  readonly now: number
  /** When the cache was cleared, on the same clock; null: never. */
  readonly clearedAt: number | null
}

export interface Timeline {
  /** All of them, those that are still to come included. */
  readonly requested: readonly SequencedRequest[]
  /** What the browser remembers now. */
  readonly state: BrowserState
}

/** The requests by the clock: whatever is asked up to now is answered as before, and all that comes later as the policies are. */
export function timelineOf({ scenario, profile: name, answer, before }: Story, { now, clearedAt }: Clock): Timeline {
  const profile = profiles[name]
  const isCleared = (from: number, to: number) => clearedAt !== null && from <= clearedAt && clearedAt < to
  const start = stateAtTheStart(scenario, profile, Date.now())
  let answering = answer
  let last = 0
  const steps = sequenceSteps(scenario, profile, start, (state) => {
    answering = before !== null && state.now <= now ? before : answer
    const remembered = isCleared(last, state.now) ? { ...state, preflightCache: emptyPreflightCache } : state
    last = state.now
    return remembered
  })
  const requested = drive(steps, (fetch) => answering(fetch))
  const { at, state } = requested.findLast((each) => each.at <= now) ?? { at: 0, state: start }
  const isEmpty = clearedAt !== null && at <= clearedAt && clearedAt <= now
  return { requested, state: { ...state, now, ...(isEmpty ? { preflightCache: emptyPreflightCache } : {}) } }
}

/** One of the requests, made in that state of the browser, as the servers answer now. */
export function asked(
  { scenario, profile, answer }: Story,
  request: LaterRequest,
  state: BrowserState,
): { prediction: Prediction; state: BrowserState; preflight: PreflightReason } {
  const made = drive(requestSteps(scenario, request, profiles[profile], state), answer)
  return { ...made, preflight: preflightReason(made.prediction) }
}
