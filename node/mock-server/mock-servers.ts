import { LabError } from '#shared/contract/errors'
import type { Emit } from '#shared/contract/events'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import type { MockServer } from '#shared/policy/mock-server'
import { ExchangeLog } from './exchange-log.ts'
import { startMockServer, type RunningMockServer } from './mock-server.ts'

/** The mock servers that run, by id, and the logs of all that ever did. */
export class MockServers {
  readonly #running = new Map<string, { server: RunningMockServer; askedPort: number }>()
  readonly #logs = new Map<string, ExchangeLog>()
  readonly #emit: Emit
  /** Starts and stops come one after another: two starts at once must not race for a port. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(emit: Emit) {
    this.#emit = emit
  }

  list(): MockServerState[] {
    return [...this.#running.values()].map(({ server }) => server.state())
  }

  /** A server that runs already is brought up to date; where its port changed, the old one closes once the new one is open. */
  start(definition: MockServer): Promise<MockServerState> {
    return this.#inTurn(async () => {
      const before = this.#running.get(definition.id)
      if (before?.askedPort === definition.port) {
        before.server.update(definition)
        return before.server.state()
      }
      const server = await startMockServer(definition, (exchange) => this.#record(exchange))
      this.#running.set(definition.id, { server, askedPort: definition.port })
      await before?.server.stop()
      this.#emit('mock-server.state', { id: definition.id, state: server.state() })
      return server.state()
    })
  }

  update(definition: MockServer): void {
    this.#running.get(definition.id)?.server.update(definition)
  }

  /** @throws LabError no-such-server */
  stop(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const found = this.#running.get(id)
      if (found === undefined) throw new LabError('no-such-server', { id })
      this.#running.delete(id)
      await found.server.stop()
      this.#emit('mock-server.state', { id, state: null })
    })
  }

  log(id: string): ServerExchange[] {
    return this.#logs.get(id)?.all() ?? []
  }

  clearLog(id: string): void {
    this.#logs.delete(id)
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.#running.keys()].map((id) => this.stop(id)))
  }

  #record(exchange: ServerExchange): void {
    const { serverId } = exchange
    const log = this.#logs.get(serverId) ?? new ExchangeLog()
    this.#logs.set(serverId, log)
    log.push(exchange)
    this.#emit('mock-server.exchange', exchange)
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task)
    this.#last = turn
    return turn
  }
}
