import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import { get } from '#shared/fetch/header-list'
import { isCORSPreflightRequest } from '#shared/policy/cors-headers'
import type { MockServer } from '#shared/policy/mock-server'
import { respond } from '#shared/policy/respond'
import { listenOnLoopback } from './loopback.ts'
import { serveConnection, type ServedExchange } from './serve-connection.ts'

export interface RunningMockServer {
  state(): MockServerState
  /** Holds from the next request on; connections stay open. A changed port holds from the next start on. */
  update(definition: MockServer): void
  /** Closes the port and every connection. */
  stop(): Promise<void>
}

/**
 * Starts a mock server on loopback; every answer is `respond`'s.
 * @throws LabError port-in-use, port-not-permitted, port-out-of-range
 */
export async function startMockServer(definition: MockServer, onExchange: (exchange: ServerExchange) => void): Promise<RunningMockServer> {
  const { id } = definition
  let current = definition
  let hits = 0
  const listener = await listenOnLoopback(definition.port, (socket) => {
    void serveConnection(
      socket,
      (request) => respond(current, request),
      (exchange) => {
        hits++
        onExchange(asServerExchange(id, exchange))
      },
    )
  })
  const startedAt = Date.now()
  return {
    state: () => ({ id, port: listener.port, addresses: [...listener.addresses], startedAt, hits }),
    update: (changed) => {
      current = changed
    },
    stop: () => listener.close(),
  }
}

function asServerExchange(serverId: string, { head, status, wire }: ServedExchange): ServerExchange {
  return {
    ...wire,
    serverId,
    kind: head !== null && isCORSPreflightRequest(head) ? 'preflight' : 'request',
    method: head?.method ?? '',
    target: head?.target ?? '',
    origin: head === null ? null : get(head.headerList, 'Origin'),
    status,
  }
}
