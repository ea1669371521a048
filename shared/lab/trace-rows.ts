import type { Prediction, TracedRuling } from './prediction.ts'

/** The trace as it is read: what went before, and what decided. */
export interface TraceRows {
  readonly before: readonly TracedRuling[]
  /** The ruling that stopped it; null where nothing did. */
  readonly stopped: TracedRuling | null
  /** What was not reached because of it; null where all was. */
  readonly notReached: string | null
}

export function traceRows({ trace, ruling, outcome, exchanges }: Prediction): TraceRows {
  if (outcome !== 'network-error' && outcome !== 'exception') return { before: trace, stopped: null, notReached: null }
  // By what it says: a prediction that came over a wire holds copies.
  const at = trace.findLastIndex(({ effect }) => effect === 'stopped')
  return { before: trace.slice(0, at === -1 ? trace.length : at), stopped: ruling, notReached: notReached(exchanges) }
}

function notReached(exchanges: Prediction['exchanges']): string | null {
  const last = exchanges.at(-1)
  if (!last) return 'Neither a preflight nor the request itself was reached'
  return last.kind === 'preflight' ? 'The request itself and its CORS check were not reached' : null
}
