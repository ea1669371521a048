import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WireTape } from '#node/wire-tape'
import { ByteSource } from './byte-source.ts'
import { LendingSocket } from './lending-socket.ts'

const open: { destroy(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.destroy()
})

/** A client, and the connection as a server takes it over. */
async function connected(): Promise<{ client: Socket; socket: LendingSocket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [accepted] = (await once(server, 'connection')) as [Socket]
  const socket = LendingSocket.takeOver(accepted)
  open.push(client, socket)
  // Nobody waits for connections that it has given away.
  await new Promise((closed) => server.close(closed))
  if (!(socket instanceof LendingSocket)) throw new Error('node:net has no handle to take over.')
  return { client, socket }
}

/** Sends one after another, each when so many of those before it have been seen. */
async function say(client: Socket, texts: readonly string[], seen: () => number): Promise<void> {
  for (const text of texts) {
    const before = seen()
    client.write(text)
    await until(() => seen() > before)
  }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

describe('a connection that lends its bytes', () => {
  it('lends them from one place, where the next ones overwrite them', async () => {
    const { client, socket } = await connected()
    const lent: Buffer[] = []
    const copies: string[] = []
    socket.borrower = (bytes) => {
      lent.push(bytes)
      copies.push(String(bytes))
    }
    await say(client, ['first', 'other'], () => lent.length)
    expect(copies).toEqual(['first', 'other'])
    expect(lent.map(String)).toEqual(['other', 'other'])
  })

  it('gives them away for good where nobody borrows', async () => {
    const { client, socket } = await connected()
    const chunks: Buffer[] = []
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    await say(client, ['first', 'other'], () => chunks.length)
    expect(chunks.map(String)).toEqual(['first', 'other'])
  })

  it('lends nothing before what came earlier is read', async () => {
    const { client, socket } = await connected()
    client.write('first ')
    await until(() => socket.readableLength > 0)
    const seen: string[] = []
    socket.borrower = (bytes) => seen.push(String(bytes))
    client.write('second ')
    await until(() => socket.readableLength > 'first '.length)
    socket.on('data', (chunk: Buffer) => seen.push(String(chunk)))
    await until(() => seen.length > 0)
    client.end('third')
    await once(socket, 'end')
    expect(seen.join('')).toBe('first second third')
  })

  it('is read by one after another, with nothing lost or overwritten', async () => {
    const { client, socket } = await connected()
    const source = new ByteSource(socket)
    client.write('kept')
    await source.more()
    client.write(' line\nrest')
    expect(String(await source.takeLine(100, new WireTape()))).toBe('kept line\n')
    source.release()
    client.end(' and the end')
    const chunks: Buffer[] = []
    for await (const chunk of socket) chunks.push(chunk as Buffer)
    expect(String(Buffer.concat(chunks))).toBe('rest and the end')
  })

  it('is paused where more comes than is read', async () => {
    const { client, socket } = await connected()
    const source = new ByteSource(socket)
    const sent = Buffer.alloc(8 * 1024 * 1024, 'x')
    client.end(sent)
    await until(() => socket.isPaused())
    expect(source.rest.length).toBeLessThan(sent.length / 2)
    let read = 0
    for (let bytes; (bytes = await source.take(64 * 1024, new WireTape())) !== null;) read += bytes.length
    expect(read).toBe(sent.length)
  })

  it('still answers a client that has said all it has to say', async () => {
    const { client, socket } = await connected()
    const answer = once(client, 'data')
    socket.borrower = () => undefined
    client.end('question')
    await once(socket, 'end')
    socket.end('answer')
    expect(String((await answer)[0])).toBe('answer')
  })
})
