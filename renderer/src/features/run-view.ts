import type { RunResult } from '#shared/contract/methods'
import type { RunExchange } from '#shared/contract/wire'
import type { ProfileName } from '#shared/lab/prediction'

/** A run as the screen shows it: what has happened so far, and how it ended. */
export interface RunView {
  status: 'running' | 'finished' | 'failed'
  /** In the order in which they ended; the n-th belongs to the n-th exchange of `result.prediction`. */
  exchanges: RunExchange[]
  result: RunResult | null
  /** Why the lab could not carry it out, in plain words; a network error is not this but a result. */
  error: string | null
  /** Milliseconds since 1970. */
  startedAt: number
  profile: ProfileName
}
