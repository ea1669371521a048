import { get } from '#shared/fetch/header-list'
import type { Answering } from '../answers.ts'
import type { SequencedRequest } from '../sequence.ts'
import { timelineOf } from './timeline.ts'
import type { Story } from './timeline.ts'

const asWritten = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
]

/** How the servers answered before, where that still matters: preflights were answered otherwise, and something of it was kept. Else null. */
export function sinceChange(story: Story): Answering | null {
  const { before } = story
  if (before === null) return null
  const clock = { now: 0, clearedAt: null }
  const then = timelineOf({ ...story, answer: before, before: null }, clock).requested
  if (then.every(({ state }) => state.preflightCache.length === 0)) return null
  return said(then) === said(timelineOf({ ...story, before: null }, clock).requested) ? null : before
}

/** Everything of the preflights' answers that the algorithm looks at. */
const said = (requested: readonly SequencedRequest[]): string =>
  JSON.stringify(
    requested.flatMap(({ prediction }) =>
      prediction.exchanges
        .filter(({ kind }) => kind === 'preflight')
        .map(({ url, answer }) =>
          answer.type === 'response' ? [url, answer.status, asWritten.map((name) => get(answer.headerList, name))] : [url, answer.type],
        ),
    ),
  )
