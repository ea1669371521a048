import { createServer, type AddressInfo } from 'node:net'
import { basename } from 'node:path'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import { definition, open, plainGET } from '../../tests/served.ts'
import { RawClient } from '../../tests/raw-client.ts'
import { MockServers } from './mock-servers.ts'

let servers: MockServers
let exchanges: ServerExchange[]
let states: (MockServerState | null)[]
let wake: () => void
beforeEach(() => {
  exchanges = []
  states = []
  wake = () => undefined
  servers = new MockServers((event, payload) => {
    if (event === 'mock-server.exchange') exchanges.push(payload as ServerExchange)
    if (event === 'mock-server.state') states.push((payload as { state: MockServerState | null }).state)
    wake()
  })
})
afterEach(() => servers.stopAll())

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => (wake = resolve))
}

function client(port: number, host?: string): RawClient {
  const raw = new RawClient(port, host)
  open.push(raw)
  return raw
}

async function askOnce(port: number, times = 1): Promise<void> {
  const raw = client(port)
  for (let n = 0; n < times; n++) await raw.send(plainGET).answer()
  raw.close()
}

/** Of this machine, beyond loopback. */
const beyond = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

describe('the lab’s mock servers', () => {
  it('name the server of the lab that has a port', async () => {
    const { port } = await servers.start(definition)
    await expect(servers.start({ ...definition, id: 'other', port })).rejects.toMatchObject({
      code: 'port-in-use',
      details: { port, free: expect.any(Number) as unknown, holder: `The lab’s own server “Orders API” listens on port ${port}.` },
    })
    // Nothing else stopped.
    await askOnce(port)
  })

  it.runIf(process.platform === 'linux')('name the program that has a port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    open.push({ close: () => other.close() })
    const { port } = other.address() as AddressInfo
    await expect(servers.start({ ...definition, port })).rejects.toMatchObject({
      details: { holder: `The program ${basename(process.execPath)} (process ${process.pid}) listens on port ${port}.` },
    })
  })

  it('keep the last exchanges of each, also after it stopped, until they are cleared', async () => {
    const { port } = await servers.start(definition)
    await askOnce(port, 60)
    await until(() => servers.list()[0]?.hits === 60)
    expect(servers.log('orders')).toHaveLength(60)
    await servers.stop('orders')
    expect(servers.log('orders')).toHaveLength(60)
    servers.clearLog('orders')
    expect(servers.log('orders')).toEqual([])
  })

  it('count and do not keep while a log is paused, and say that it is', async () => {
    const { port } = await servers.start(definition)
    servers.pauseLog('orders', true)
    expect(states.at(-1)).toMatchObject({ logPaused: true })
    await askOnce(port, 3)
    await until(() => states.at(-1)?.hits === 3)
    expect(servers.log('orders')).toEqual([])
    expect(exchanges).toEqual([])
    servers.pauseLog('orders', false)
    await askOnce(port)
    await until(() => exchanges.length === 1)
    expect(servers.log('orders')).toHaveLength(1)
  })

  it('tell whoever listens no more than anybody could look at, the newest included', async () => {
    const { port } = await servers.start(definition)
    await Promise.all(Array.from({ length: 20 }, () => askOnce(port, 200)))
    await until(() => servers.list()[0]?.hits === 4000 && exchanges.at(-1)?.id === servers.log('orders').at(-1)?.id)
    expect(exchanges.length).toBeLessThan(4000)
  })

  it('close every port and every connection when all are stopped, those that wait for a next request included', async () => {
    const states = await Promise.all(['a', 'b', 'c'].map((id) => servers.start({ ...definition, id })))
    const kept = states.map(({ port }) => client(port).send(plainGET))
    for (const each of kept) await each.answer()
    const silent = states.map(({ port }) => client(port))
    await servers.stopAll()
    for (const each of [...kept, ...silent]) await each.all()
    expect(servers.list()).toEqual([])
    // The ports are free again.
    await Promise.all(states.map(({ id, port }) => servers.start({ ...definition, id, port })))
  })

  it('stop a server in the middle of an answer that takes long', async () => {
    const { port } = await servers.start({
      ...definition,
      faults: ['slow-preflight'],
      faultOptions: { ...definition.faultOptions, preflightDelay: 600_000 },
    })
    const raw = client(port).send('OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: PUT\r\n\r\n')
    await once(raw.socket, 'connect')
    await servers.stop('orders')
    expect(await raw.all()).toBe('')
  })

  it.runIf(beyond !== undefined)('are found from the network only where they are told to be', async () => {
    const closed = await servers.start(definition)
    await expect(client(closed.port, beyond).send(plainGET).answer()).rejects.toThrow('The connection ended')
    const reachable = await servers.start({ ...definition, id: 'open', reachableFromNetwork: true })
    expect(reachable.addresses).toEqual(expect.arrayContaining(['127.0.0.1', beyond]))
    expect((await client(reachable.port, beyond).send(plainGET).answer()).status).toBe(200)
    expect((await client(reachable.port).send(plainGET).answer()).status).toBe(200)
    // The same port, within loopback again.
    const { port } = await servers.start({ ...definition, id: 'open', port: reachable.port })
    await servers.start({ ...definition, id: 'open', port, reachableFromNetwork: true })
    const [, again] = servers.list()
    expect(again?.addresses).toContain(beyond)
  })
})
