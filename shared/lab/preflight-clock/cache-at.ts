import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import { requestsOf } from '#shared/scenario/one-request'
import type { LaterRequest } from '#shared/scenario/scenario'
import type { TracedRuling } from '../prediction.ts'
import { liveEntries } from '../sequence.ts'
import type { PreflightReason } from '../sequence.ts'
import { verdictOf } from '../verdict.ts'
import { sinceChange } from './since-change.ts'
import { keptEntries } from './kept-entries.ts'
import type { KeptEntry } from './kept-entries.ts'
import { asked, timelineOf } from './timeline.ts'
import type { Clock, Story, Timeline } from './timeline.ts'
import { whyEmpty } from './why-empty.ts'

/** The request is let through by what was allowed before the policy was changed; asked anew, it would be blocked. */
export interface Trap {
  /** How long that goes on. */
  readonly secondsLeft: number
  /** What would block it. */
  readonly ruling: TracedRuling
}

export interface AskedRequest {
  readonly request: LaterRequest
  /** Seconds since the first request. */
  readonly at: number
  /** Whether it sends OPTIONS when it is made, and why. */
  readonly planned: PreflightReason
  /** Whether it would, sent at the time of the clock. */
  readonly again: PreflightReason
  readonly trap: Trap | null
}

/** Something that happens by the clock: requests are made, or what is kept expires. */
export interface Moment {
  /** Seconds since the first request. */
  readonly at: number
  readonly what: string
}

/** The CORS-preflight cache at a time, and what it does to the page's requests. */
export interface CacheAt {
  readonly entries: readonly KeptEntry[]
  /** A sentence: why there are none; null where there are. */
  readonly empty: string | null
  readonly requests: readonly AskedRequest[]
  /** In their order. */
  readonly moments: readonly Moment[]
  /** Whether what was kept before a change of the policies plays a part. */
  readonly isChanged: boolean
}

export function cacheAt(told: Story, clock: Clock): CacheAt {
  const story = { ...told, before: sinceChange(told) }
  const timeline = timelineOf(story, clock)
  const entries = keptEntries(story, timeline)
  const requests = requestsOf(story.scenario).map((request, n): AskedRequest => {
    const { at = 0, preflight: planned = { sent: false, rulings: [] } } = timeline.requested[n] ?? {}
    const again = asked(story, request, timeline.state)
    const trap = story.before === null || again.preflight.sent ? null : trapOf(story, request, timeline)
    return { request, at, planned, again: again.preflight, trap }
  })
  const empty = entries.length > 0 ? null : whyEmpty(timeline, clock)
  return { entries, empty, requests, moments: momentsOf(timeline), isChanged: story.before !== null }
}

/** By request: whether it would send OPTIONS, made at the time of the clock. */
export function asksAt(told: Story, clock: Clock): boolean[] {
  const story = { ...told, before: sinceChange(told) }
  const { state } = timelineOf(story, clock)
  return requestsOf(story.scenario).map((request) => asked(story, request, state).preflight.sent)
}

function trapOf(story: Story, request: LaterRequest, { state }: Timeline): Trap | null {
  const { prediction } = asked(story, request, { ...state, preflightCache: emptyPreflightCache })
  if (verdictOf(prediction).kind !== 'blocked-preflight') return null
  const ends = [...new Set(liveEntries(state).map(({ secondsLeft }) => secondsLeft))].sort((a, b) => a - b)
  const secondsLeft = ends.find((left) => asked(story, request, { ...state, now: state.now + left }).preflight.sent)
  return secondsLeft === undefined ? null : { secondsLeft, ruling: prediction.ruling }
}

function momentsOf({ requested }: Timeline): Moment[] {
  const made = requested.map(({ at }, n): Moment => ({ at, what: `request ${n + 1}` }))
  const expiries = requested.flatMap(({ at, state }, n) => {
    const until = requested[n + 1]?.at ?? Infinity
    const ends = state.preflightCache.map(({ storedAt, maxAge }) => storedAt + maxAge).filter((end) => end > at && end <= until)
    return [...new Set(ends)].map((end): Moment => ({ at: end, what: 'what is kept expires' }))
  })
  return [...made, ...expiries].sort((a, b) => a.at - b.at)
}
