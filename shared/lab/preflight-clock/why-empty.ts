import type { SequencedRequest } from '../sequence.ts'
import type { Clock, Timeline } from './timeline.ts'

/** Why the CORS-preflight cache is empty. */
export function whyEmpty({ requested }: Timeline, { now, clearedAt }: Clock): string {
  const made = requested.filter(({ at }) => at <= now)
  const asked = made.filter(({ preflight }) => preflight.sent)
  if (made.some(({ state }) => state.preflightCache.length > 0)) {
    return clearedAt !== null && clearedAt <= now ? 'It was cleared, and no preflight has passed since.' : 'What was kept has expired.'
  }
  const last = asked.at(-1)
  return last === undefined ? 'No request so far needs a preflight, so there is nothing to keep.' : whyNothingKept(last)
}

function whyNothingKept({ prediction }: SequencedRequest): string {
  if (prediction.outcome === 'unanswered') return 'Nobody has answered the preflight yet.'
  if (prediction.outcome === 'not modelled') return 'What the browser makes of the answers is not modelled.'
  return prediction.exchanges.at(-1)?.kind === 'preflight'
    ? 'The preflight did not pass, so nothing of it is kept.'
    : 'The preflight passed, and its max-age has the browser keep nothing of it.'
}
