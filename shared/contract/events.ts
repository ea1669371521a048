import type { Observation } from '../lab/observation.ts'
import type { MockServerState, RunResult } from './methods.ts'
import type { LabError } from './errors.ts'
import type { RunExchange, ServerExchange } from './wire.ts'

/** What the lab tells the renderer unasked. */
export interface Events {
  'mock-server.state': { id: string; state: MockServerState | null }
  'mock-server.exchange': ServerExchange
  'run.exchange': { runId: string; exchange: RunExchange }
  'run.finished': { runId: string; result: RunResult }
  /** The run could not be carried out, or was cancelled; a network error is not this but a result. */
  'run.failed': { runId: string; error: ReturnType<LabError['toJSON']> | 'cancelled' }
  /** A browser has been given the scenario; it may have to be started first. Browsers go by their ids. */
  'proof.asking': { proofId: string; browser: string }
  /** Hold it against the prediction by `compare`. `took`: milliseconds since the browser was asked, its start included. */
  'proof.observed': { proofId: string; browser: string; observation: Observation; took: number }
  /** This browser could not tell; the others go on. */
  'proof.failed': { proofId: string; browser: string; error: ReturnType<LabError['toJSON']> | 'cancelled' }
  /** Every browser has told, or failed. */
  'proof.finished': { proofId: string }
}
export type Emit = <E extends keyof Events>(event: E, payload: Events[E]) => void
