import { LabError } from '#shared/contract/errors'
import type { Emit } from '#shared/contract/events'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import type { MockServer } from '#shared/policy/mock-server'
import { serverAt } from '#shared/policy/server-at'
import { emptySharedCache, type SharedCache } from '#shared/policy/shared-cache'
import { ExchangeLog } from './exchange-log.ts'
import { toldExchange, type SeenExchange } from './seen-exchange.ts'
import { startMockServer, type MockServerParts, type RunningMockServer } from './mock-server.ts'
import { ToldExchanges } from './told-exchanges.ts'

interface Running {
  readonly server: RunningMockServer
  readonly told: ToldExchanges
  /** The port that was asked for, which may be 0. */
  askedPort: number
  definition: MockServer
}

export interface MockServersParts extends Omit<MockServerParts, 'onExchange'> {
  /** Is told of every exchange; the events are not, where there are more than anybody could look at. */
  onExchange?(exchange: ServerExchange): void
}

/** The mock servers that run, by id, and the logs of all that ever did. */
export class MockServers {
  readonly #running = new Map<string, Running>()
  readonly #logs = new Map<string, ExchangeLog>()
  readonly #paused = new Set<string>()
  readonly #emit: Emit
  readonly #parts: MockServersParts
  /** Starts and stops come one after another: two starts at once must not race for a port. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(emit: Emit, parts: MockServersParts = {}) {
    this.#emit = emit
    this.#parts = parts
  }

  list(): MockServerState[] {
    return [...this.#running.keys()].map((id) => this.#state(id))
  }

  /** The running server that a URL leads to, and its port. */
  at(url: URL): { server: MockServer; port: number } | undefined {
    const all = [...this.#running.values()].map(({ server, definition }) => ({ server: definition, port: server.state().port }))
    return serverAt(all, url)
  }

  /** A server that runs already is brought up to date; where its port or reach changed, it moves, and stays where it was if it cannot. */
  start(definition: MockServer): Promise<MockServerState> {
    return this.#inTurn(async () => {
      const { id } = definition
      const before = this.#running.get(id)
      // Any free port was given, or this one by number.
      const keepsPort = before?.askedPort === definition.port || before?.server.state().port === definition.port
      if (before !== undefined && keepsPort && before.definition.reachableFromNetwork === definition.reachableFromNetwork) {
        before.askedPort = definition.port
        this.update(definition)
        return this.#state(id)
      }
      // The same port cannot be opened twice, not for another reach either.
      if (before !== undefined && keepsPort) await this.#move(before, definition)
      else {
        await this.#open(definition)
        await before?.server.stop()
      }
      before?.told.close()
      this.#emit('mock-server.state', { id, state: this.#state(id) })
      return this.#state(id)
    })
  }

  update(definition: MockServer): void {
    const found = this.#running.get(definition.id)
    if (found === undefined) return
    found.server.update(definition)
    found.definition = { ...definition, reachableFromNetwork: found.definition.reachableFromNetwork }
  }

  /** @throws LabError no-such-server */
  stop(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const found = this.#found(id)
      this.#running.delete(id)
      await found.server.stop()
      found.told.close()
      this.#emit('mock-server.state', { id, state: null })
    })
  }

  log(id: string): ServerExchange[] {
    return this.#logs.get(id)?.all() ?? []
  }

  clearLog(id: string): void {
    this.#logs.delete(id)
  }

  /** Holds whether the server runs or not. */
  pauseLog(id: string, paused: boolean): void {
    if (paused) this.#paused.add(id)
    else this.#paused.delete(id)
    if (this.#running.has(id)) this.#emit('mock-server.state', { id, state: this.#state(id) })
  }

  cache(id: string): SharedCache {
    return this.#running.get(id)?.server.cache() ?? emptySharedCache
  }

  clearCache(id: string): void {
    this.#running.get(id)?.server.clearCache()
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.#running.keys()].map((id) => this.stop(id)))
  }

  async #open(definition: MockServer): Promise<void> {
    const { id } = definition
    const told = new ToldExchanges((count) => this.#logs.get(id)?.newest(count) ?? [], {
      tell: (exchange) => this.#emit('mock-server.exchange', exchange),
      tellCount: () => this.#running.has(id) && this.#emit('mock-server.state', { id, state: this.#state(id) }),
    })
    const onExchange = (exchange: SeenExchange) => this.#record(id, exchange, told)
    const server = await startMockServer(definition, { ...this.#parts, onExchange }).catch((error: unknown) => {
      throw this.#namingHolder(error)
    })
    this.#running.set(id, { server, told, askedPort: definition.port, definition })
  }

  async #move(before: Running, definition: MockServer): Promise<void> {
    await before.server.stop()
    try {
      await this.#open(definition)
    } catch (error) {
      await this.#open(before.definition)
      throw error
    }
  }

  /** A port that another of the lab's servers has is known to be its. */
  #namingHolder(error: unknown): unknown {
    if (!(error instanceof LabError) || error.code !== 'port-in-use') return error
    const { details } = error as LabError<'port-in-use'>
    const holder = [...this.#running.values()].find(({ server }) => server.state().port === details.port)?.definition.name
    return holder === undefined
      ? error
      : new LabError('port-in-use', { ...details, holder: `The lab’s own server “${holder}” listens on port ${details.port}.` })
  }

  #record(id: string, exchange: SeenExchange, told: ToldExchanges): void {
    this.#parts.onExchange?.(toldExchange(id, exchange))
    if (this.#paused.has(id)) {
      told.skip()
      return
    }
    let log = this.#logs.get(id)
    if (log === undefined) this.#logs.set(id, (log = new ExchangeLog(id)))
    log.push(exchange)
    told.push()
  }

  #found(id: string): Running {
    const found = this.#running.get(id)
    if (found === undefined) throw new LabError('no-such-server', { id })
    return found
  }

  #state(id: string): MockServerState {
    return { ...this.#found(id).server.state(), logPaused: this.#paused.has(id) }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task)
    this.#last = turn
    return turn
  }
}
