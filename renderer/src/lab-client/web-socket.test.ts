import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { LabError } from '#shared/contract/errors'
import { backOff, webSocketClient } from './web-socket.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** A bridge that answers as `answer` says. */
async function bridge(answer: (frame: { id: number; name: string; input: unknown }, socket: ServerSocket) => void, port = 0) {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => answer(JSON.parse(data.toString()) as { id: number; name: string; input: unknown }, socket))
  })
  http.listen(port, '127.0.0.1')
  await once(http, 'listening')
  const close = () => {
    for (const socket of server.clients) socket.terminate()
    server.close()
    http.close()
    http.closeAllConnections()
  }
  cleanups.push(close)
  return { port: (http.address() as AddressInfo).port, server, close, closed: () => once(http, 'close') }
}

function clientOf(port: number) {
  const client = webSocketClient(`ws://127.0.0.1:${port}/bridge?token=t`)
  cleanups.push(client.close)
  const until = (wanted: boolean) =>
    new Promise<void>((resolve) => {
      const off = client.onConnection((connected) => {
        if (connected !== wanted) return
        resolve()
        // `off` does not exist yet when the listener is told of the present state.
        queueMicrotask(() => off())
      })
    })
  return { client, until }
}

describe('the web-socket client', () => {
  it('gives each call the reply that carries its id, in whatever order they come', async () => {
    const waiting: { id: number }[] = []
    const { port } = await bridge((frame, socket) => {
      waiting.push(frame)
      if (waiting.length < 2) return
      for (const { id } of waiting.reverse()) socket.send(JSON.stringify({ id, reply: { ok: true, value: id } }))
    })
    const { client, until } = clientOf(port)
    await until(true)
    expect(await Promise.all([client.call('host.describe', {}), client.call('workspace.read', {})])).toEqual([1, 2])
  })

  it('sends name and input as one text frame', async () => {
    const seen: unknown[] = []
    const { port } = await bridge((frame, socket) => {
      seen.push(frame)
      socket.send(JSON.stringify({ id: frame.id, reply: { ok: true } }))
    })
    const { client, until } = clientOf(port)
    await until(true)
    await client.call('mock-server.stop', { id: 's1' })
    expect(seen).toEqual([{ id: 1, name: 'mock-server.stop', input: { id: 's1' } }])
  })

  it('throws what the lab refuses as a LabError with its facts', async () => {
    const { port } = await bridge((frame, socket) =>
      socket.send(
        JSON.stringify({ id: frame.id, reply: { ok: false, error: { code: 'port-in-use', details: { port: 4001, free: 4002 } } } }),
      ),
    )
    const { client, until } = clientOf(port)
    await until(true)
    const error: unknown = await client.call('run.cancel', { runId: 'r' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(LabError)
    expect(error).toMatchObject({ code: 'port-in-use', details: { port: 4001, free: 4002 } })
  })

  it('passes events on until the listener is taken off', async () => {
    const { port, server } = await bridge(() => undefined)
    const { client, until } = clientOf(port)
    const heard: unknown[] = []
    const off = client.on('mock-server.state', ({ id }) => heard.push(id))
    const heardLast = new Promise<void>((resolve) => {
      client.on('mock-server.state', ({ id }) => {
        if (id === 'last') resolve()
      })
    })
    await until(true)
    const tell = (id: string) => {
      for (const socket of server.clients) socket.send(JSON.stringify({ event: 'mock-server.state', payload: { id, state: null } }))
    }
    tell('first')
    await new Promise<void>((resolve) => {
      const stop = client.on('mock-server.state', () => {
        stop()
        resolve()
      })
    })
    off()
    tell('last')
    await heardLast
    expect(heard).toEqual(['first'])
  })

  it('rejects what is pending when the host goes, refuses further calls, and finds the host again', async () => {
    const first = await bridge((_, socket) => socket.terminate())
    const { client, until } = clientOf(first.port)
    await until(true)
    await expect(client.call('host.describe', {})).rejects.toMatchObject({ code: 'no-host' })
    first.close()
    await until(false)
    await expect(client.call('host.describe', {})).rejects.toMatchObject({ code: 'no-host' })
    await bridge((frame, socket) => socket.send(JSON.stringify({ id: frame.id, reply: { ok: true, value: 'back' } })), first.port)
    await until(true)
    expect(await client.call('host.describe', {})).toBe('back')
  })

  it('waits longer after each failure, and never more than 2 s', () => {
    expect([0, 1, 2, 3, 4, 5, 60].map(backOff)).toEqual([100, 200, 400, 800, 1600, 2000, 2000])
  })
})
