import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { writeHead } from '#shared/codecs/raw-http'
import { byteLowercase } from '#shared/fetch/header-list'
import type { ProxiedRequest } from './serve-proxy-connection.ts'

/** Where a request is sent on to. */
export interface Upstream {
  /** null: one of the lab's own mock servers, on loopback. */
  readonly host: string | null
  readonly port: number
  readonly secure: boolean
}

/** What concerns the connection to the proxy, and not the request: https://www.rfc-editor.org/rfc/rfc9110#name-connection */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding']

/**
 * Sends a request on to a server, and its bytes back as they come. Says whether there were any: a server may close without a word, and then the
 * browser's connection is closed so as well.
 */
export async function forward({ method, url, headerList, body }: ProxiedRequest, to: Upstream, client: Socket): Promise<boolean> {
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

function connected({ host, port, secure }: Upstream): Promise<Socket | null> {
  return new Promise((resolve) => {
    const address = { host: host ?? '127.0.0.1', port }
    // Whoever has a port of our own, on loopback, needs no proof of who it is; anybody else does.
    const proof = host === null ? { rejectUnauthorized: false } : isIP(host) === 0 ? { servername: host } : {}
    const socket = secure ? connectSecurely({ ...address, ...proof }, () => resolve(socket)) : connect(address, () => resolve(socket))
    socket.on('error', () => resolve(null))
  })
}
