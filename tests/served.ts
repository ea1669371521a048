import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach } from 'vitest'
import type { ServerExchange, WireMessage } from '#shared/contract/wire'
import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { startMockServer, type MockServerParts, type RunningMockServer } from '#node/mock-server/mock-server'
import { toldExchange } from '#node/mock-server/seen-exchange'
import { RawClient } from './raw-client.ts'

/** What `start` starts unless it is told otherwise. */
export const definition = newMockServer({ id: 'orders', name: 'Orders API', port: 0 })

export const plainGET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'

/** Closed after the test, the last first. */
export const open: { close(): unknown }[] = []

/** What the servers of this test have reported. */
let exchanges: ServerExchange[] = []

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
  exchanges = []
})

export async function start(
  changes: Partial<MockServer> = {},
  parts: Omit<MockServerParts, 'onExchange'> = {},
): Promise<RunningMockServer> {
  const server = await startMockServer(
    { ...definition, ...changes },
    { ...parts, onExchange: (seen) => exchanges.push(toldExchange(definition.id, seen)) },
  )
  open.push({ close: () => server.stop() })
  return server
}

export function client(server: RunningMockServer, host?: string): RawClient {
  const raw = new RawClient(server.state().port, host)
  open.push(raw)
  return raw
}

/** Waits until the servers have reported so many exchanges. */
export async function reported(count: number): Promise<ServerExchange[]> {
  while (exchanges.length < count) await sleep(5)
  return exchanges
}

export const bytesOf = (message: WireMessage | null | undefined): string => Buffer.from(message?.bytes ?? '', 'base64').toString('latin1')

/** The request that an echo gives back. */
export const echoed = (body: string): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>
