import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { writeHead } from '#shared/codecs/raw-http'
import { byteLowercase } from '#shared/fetch/header-list'
import type { ProxiedRequest } from './serve-proxy-connection.ts'

/** A mock server's port on loopback. */
export interface MockServerPort {
  readonly port: number
  readonly secure: boolean
}

/** What concerns the connection to the proxy, and not the request: https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding']

/**
 * Sends a request on to a mock server, and its bytes back as they come. Says whether there were any: a server may close without a word, and
 * then the browser's connection is closed so as well.
 */
export async function forward({ method, url, headerList, body }: ProxiedRequest, to: MockServerPort, client: Socket): Promise<boolean> {
  const target = url.slice(url.indexOf('/', url.indexOf('//') + 2))
  const kept = headerList.filter(([name]) => !hopByHop.includes(byteLowercase(name)))
  const upstream = await connected(to)
  if (upstream === null) {
    client.destroy()
    return false
  }
  upstream.write(Buffer.from(writeHead(`${method} ${target} HTTP/1.1`, [...kept, ['Connection', 'close']]) + body, 'latin1'))
  return new Promise((resolve) => {
    let answered = false
    const end = () => {
      if (answered) client.end()
      else client.destroy()
      resolve(answered)
    }
    upstream.on('data', (chunk: Buffer) => {
      answered = true
      if (client.write(chunk)) return
      upstream.pause()
      client.once('drain', () => upstream.resume())
    })
    upstream.once('close', end)
    client.once('close', () => upstream.destroy())
  })
}

function connected({ port, secure }: MockServerPort): Promise<Socket | null> {
  return new Promise((resolve) => {
    // It is one of our own, on loopback: who it is needs no proof.
    const socket = secure
      ? connectSecurely({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => resolve(socket))
      : connect({ host: '127.0.0.1', port }, () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}
