import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { MockServerState } from '#shared/contract/methods'
import type { MockServer } from '#shared/policy/mock-server'
import { httpsOnly } from '#shared/policy/refusal'
import { responder, responderTo, type ServedRequest, type ServedResponse, type ServerMemory } from '#shared/policy/respond'
import { speaks } from '#shared/policy/server-at'
import { cacheAfter, emptySharedCache, type SharedCache } from '#shared/policy/shared-cache'
import { Deadlines, usualPatience, type Patience } from './deadlines.ts'
import { nextExchangeNumber } from './exchange-id.ts'
import { listen } from './listen.ts'
import { RecentRequests } from './recent-requests.ts'
import { sniff } from './secure-socket.ts'
import { seenBytes, type SeenExchange } from './seen-exchange.ts'
import { serveConnection, type Serving } from './serve-connection.ts'
import { openInside } from './workspace-files.ts'

export interface RunningMockServer {
  state(): MockServerState
  /** Holds from the next request on; connections stay open. A changed port, or reach, holds from the next start on. */
  update(definition: MockServer): void
  /** What its shared cache holds. */
  cache(): SharedCache
  clearCache(): void
  /** Closes the port and every connection. */
  stop(): Promise<void>
}

/** What a mock server needs of its lab. */
export interface MockServerParts {
  onExchange(exchange: SeenExchange): void
  /** A certificate for a host; without it, nothing speaks https. */
  readonly contextFor?: (host: string) => Promise<SecureContext>
  /** Where the files lie that routes answer with; without it, there are none. */
  readonly filesFolder?: string
  readonly patience?: Patience
}

/**
 * Starts a mock server; every answer is `respond`'s.
 * @throws LabError port-in-use, port-not-permitted, port-out-of-range, certificate-unusable
 */
export async function startMockServer(definition: MockServer, parts: MockServerParts): Promise<RunningMockServer> {
  const { id } = definition
  const { contextFor, filesFolder, patience = usualPatience } = parts
  let current = definition
  let respond = responder(definition)
  let recent = new RecentRequests(responderTo(definition))
  let cache = emptySharedCache
  let isCached = hasCache(definition)
  let hits = 0

  // Said at the start, where somebody listens, rather than to the first client.
  if (speaks(definition, 'https')) await contextFor?.('localhost')
  const deadlines = new Deadlines(Math.min(1000, ...Object.values(patience).map((each: number) => each / 4)))
  const record = (exchange: SeenExchange): void => {
    hits++
    parts.onExchange(exchange)
  }
  const answer = (request: ServedRequest, memory?: Pick<ServerMemory, 'missingFile'>): ServedResponse => {
    const response = respond(request, { ...memory, cache })
    if (response.cachedAs !== undefined) cache = cacheAfter(cache, response)
    return response
  }
  const serving: Serving = {
    answer,
    recent: () => (isCached ? null : recent),
    onExchange: record,
    ...(filesFolder === undefined ? {} : { openFile: (file: string) => openInside(filesFolder, file) }),
    deadlines,
    patience,
  }
  const listener = await listen(definition.port, definition.reachableFromNetwork, (socket) => void serve(socket))

  async function serve(socket: Socket): Promise<void> {
    if (contextFor === undefined || !speaks(current, 'https')) return serveConnection(socket, serving)
    const deadline = deadlines.open(() => socket.destroy())
    deadline.within(patience.head)
    const startedAt = Date.now()
    const sniffed = await sniff(socket, contextFor)
    deadline.close()
    if ('trouble' in sniffed) {
      if (sniffed.trouble !== null) record(brokenHandshake(startedAt, sniffed.trouble))
      socket.destroy()
      return
    }
    const { socket: inside, isSecure } = sniffed
    await serveConnection(
      inside,
      isSecure || speaks(current, 'http') ? serving : { ...serving, answer: () => httpsOnly, recent: () => null },
    )
    socket.destroy()
  }

  const startedAt = Date.now()
  return {
    state: () => ({ id, port: listener.port, addresses: [...listener.addresses], startedAt, hits }),
    update: (changed) => {
      current = changed
      respond = responder(changed)
      recent = new RecentRequests(responderTo(changed))
      isCached = hasCache(changed)
      if (!isCached) cache = emptySharedCache
    },
    cache: () => cache,
    clearCache: () => {
      cache = emptySharedCache
    },
    stop: () => listener.close(),
  }
}

const nothing = Buffer.alloc(0)

/** Nothing was read that could be shown. */
const brokenHandshake = (startedAt: number, trouble: string): SeenExchange => ({
  number: nextExchangeNumber(),
  startedAt,
  answeredAfter: NaN,
  endedAfter: Date.now() - startedAt,
  outcome: {
    received: seenBytes(nothing),
    sent: seenBytes(nothing),
    isRequest: false,
    status: null,
    route: null,
    handled: false,
    trouble,
  },
})

/** Whether an answer depends on those before it. */
const hasCache = ({ faults, routes }: MockServer): boolean =>
  [faults, ...routes.map((route) => route.faults ?? [])].flat().includes('no-vary-behind-a-cache')
