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
}
export type Emit = <E extends keyof Events>(event: E, payload: Events[E]) => void
