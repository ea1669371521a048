import { randomUUID } from 'node:crypto'
import { LabError } from '#shared/contract/errors'
import type { Emit } from '#shared/contract/events'
import type { ParsedInput } from '#shared/contract/methods'
import { run, type RunOptions } from './run.ts'

/** The runs under way, by id. */
export class Runs {
  readonly #running = new Map<string, AbortController>()
  readonly #emit: Emit
  readonly #report: (error: unknown) => void
  readonly #servers: Required<Pick<RunOptions, 'certificates' | 'serverOf'>>

  /**
   * @param report is told of errors nobody foresaw, whose text must not cross.
   * @param servers finds the lab's own servers, and gives a scenario's own their certificates.
   */
  constructor(emit: Emit, report: (error: unknown) => void, servers: Required<Pick<RunOptions, 'certificates' | 'serverOf'>>) {
    this.#emit = emit
    this.#report = report
    this.#servers = servers
  }

  /** Returns at once; what happens is told by events, none of them before the caller has the id. */
  start(input: ParsedInput<'run.start'>): string {
    const runId = randomUUID()
    const cancelling = new AbortController()
    this.#running.set(runId, cancelling)
    setImmediate(() => void this.#carryOut(runId, input, cancelling.signal))
    return runId
  }

  /** A run that has ended meanwhile: nothing happens. */
  cancel(runId: string): void {
    this.#running.get(runId)?.abort()
  }

  cancelAll(): void {
    for (const cancelling of this.#running.values()) cancelling.abort()
  }

  async #carryOut(runId: string, input: ParsedInput<'run.start'>, signal: AbortSignal): Promise<void> {
    try {
      const result = await run({
        ...input,
        signal,
        onExchange: (exchange) => this.#emit('run.exchange', { runId, exchange }),
        ...this.#servers,
      })
      this.#emit('run.finished', { runId, result })
    } catch (error) {
      if (!signal.aborted && !(error instanceof LabError)) this.#report(error)
      const mishap = error instanceof LabError ? error : new LabError('internal', {})
      this.#emit('run.failed', { runId, error: signal.aborted ? 'cancelled' : mishap.toJSON() })
    } finally {
      this.#running.delete(runId)
    }
  }
}
