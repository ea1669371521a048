import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LabError } from '#shared/contract/errors'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import type { MockServer } from '#shared/policy/mock-server'
import type { Certificates } from '#node/certificates/certificates'
import { MockServers } from '#node/mock-server/mock-servers'
import { isMisread } from './parse-json.ts'
import { parseServers } from './parse-servers.ts'
import { readText } from './text-in.ts'

/** Whoever is told what becomes of the servers of a file. */
export interface ServedFileListener {
  /** At the start, and where it moved. */
  listening(server: MockServer, state: MockServerState): void
  stopped(server: MockServer): void
  exchange(server: MockServer, exchange: ServerExchange): void
  reloaded(file: string, count: number): void
  /** Of the file, or of one of its servers; the others go on. */
  trouble(error: LabError): void
}

export interface ServedFileParts {
  readonly certificates: Certificates
  /** The port for a server of that id that says another. */
  readonly portFor: (server: MockServer) => number
  readonly listener: ServedFileListener
}

/** Milliseconds between two looks at a file. Asked rather than told: editors replace files, and not every disk tells. */
const interval = 200

/** The servers of one file, as it is now. */
export class ServedFile {
  readonly #file: string
  readonly #parts: ServedFileParts
  readonly #servers: MockServers
  /** Those that run, as the file defines them. */
  #running = new Map<string, MockServer>()
  /** How the file looked before it was last read. */
  #seen = ''
  readonly #closing = new AbortController()
  #watching: Promise<void> = Promise.resolve()

  constructor(file: string, parts: ServedFileParts) {
    this.#file = file
    this.#parts = parts
    this.#servers = new MockServers(() => undefined, {
      contextFor: (host) => parts.certificates.secureContextFor(host),
      filesFolder: join(dirname(file), 'files'),
      onExchange: (exchange) => {
        const server = this.#running.get(exchange.serverId)
        if (server !== undefined) parts.listener.exchange(server, exchange)
      },
    })
  }

  /** @throws LabError file-unreadable, not-servers */
  async read(): Promise<readonly MockServer[]> {
    const file = this.#file
    this.#seen = await stampOf(file)
    const servers = parseServers(await readText(file), basename(file, '.json'))
    if (isMisread(servers)) throw new LabError('not-servers', { file, ...servers })
    return servers
  }

  /** Makes the servers that run be these. */
  async serve(servers: readonly MockServer[]): Promise<void> {
    for (const [id, server] of this.#running) {
      if (servers.some((each) => each.id === id)) continue
      await this.#servers.stop(id)
      this.#running.delete(id)
      this.#parts.listener.stopped(server)
    }
    for (const server of servers) await this.#start(server)
  }

  get runningCount(): number {
    return this.#running.size
  }

  /** From now on, a changed file is served as it is. */
  watch(): void {
    this.#watching = this.#watch(this.#closing.signal)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#watching
    await this.#servers.stopAll()
  }

  async #watch(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(interval, null, { signal }).catch(() => null)
      if (signal.aborted) return
      if ((await stampOf(this.#file)) !== this.#seen) await this.#reload()
    }
  }

  async #reload(): Promise<void> {
    const { listener } = this.#parts
    try {
      const servers = await this.read()
      await this.serve(servers)
      listener.reloaded(this.#file, servers.length)
    } catch (error) {
      listener.trouble(asLabError(error))
    }
  }

  async #start(server: MockServer): Promise<void> {
    const { listener, portFor } = this.#parts
    const before = this.#servers.list().find(({ id }) => id === server.id)
    try {
      const state = await this.#servers.start({ ...server, port: portFor(server) })
      this.#running.set(server.id, server)
      if (before?.port !== state.port || before.addresses.join() !== state.addresses.join()) listener.listening(server, state)
    } catch (error) {
      listener.trouble(asLabError(error))
    }
  }
}

/** Unlike any other of the same file, once it was written or replaced. */
const stampOf = (file: string): Promise<string> =>
  stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].join(),
    () => 'missing',
  )

function asLabError(error: unknown): LabError {
  if (error instanceof LabError) return error as LabError
  console.error(error)
  return new LabError('internal', {})
}
