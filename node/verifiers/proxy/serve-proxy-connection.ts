import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'
import { writeHead } from '#shared/codecs/raw-http'
import type { HeaderList } from '#shared/fetch/header-list'
import { refusalOf } from '#shared/policy/refusal'
import type { ServedResponse } from '#shared/policy/respond'
import { ByteSource } from '#node/mock-server/byte-source'
import { readBody, readHead, type RequestHead } from '#node/mock-server/read-request'
import { endsByItself, staysOpen } from '#node/mock-server/persistence'
import { linger } from '#node/mock-server/serve-connection'
import { WireTape } from '#node/wire-tape'

/** A request with the URL that it was made for. */
export interface ProxiedRequest {
  readonly method: string
  readonly url: string
  readonly headerList: HeaderList
  readonly body: string
  /** How many bytes there were, where `body` holds fewer. */
  readonly bodySize: number
}

/** `drop`: the connection is closed without a word. A function has answered by itself, and the connection ends with that. */
export type ProxyAnswer = ServedResponse | 'drop' | ((socket: Socket) => Promise<void>)

export interface ProxyHandlers {
  answer(request: ProxiedRequest): Promise<ProxyAnswer>
  /** What to answer with for this `host:port` over TLS; null refuses the tunnel. `no TLS`: the server at its end speaks http alone. */
  tunnel(authority: string): Promise<SecureContext | 'no TLS' | null>
}

/** Serves a browser that takes us for its forward proxy: request targets in absolute form, and CONNECT. Never rejects. */
export async function serveProxyConnection(socket: Socket, handlers: ProxyHandlers, tunnelTo?: string): Promise<void> {
  const source = new ByteSource(socket)
  try {
    while ((await source.more()) && (await serveOne(socket, source, handlers, tunnelTo)));
    if (socket.destroyed) return
    socket.end()
    await linger(socket, source)
    socket.destroy()
  } catch {
    socket.destroy()
  }
}

/** Whether the connection may serve another. */
async function serveOne(socket: Socket, source: ByteSource, handlers: ProxyHandlers, tunnelTo: string | undefined): Promise<boolean> {
  const tape = new WireTape()
  const readable = await readHead(source, tape)
  if (readable === 'cut') return false
  if ('refusal' in readable) return send(socket, refusalOf(readable.refusal), false)
  const { head } = readable
  if (head.method === 'CONNECT' && tunnelTo === undefined) return openTunnel(socket, source, handlers, head.target)
  const readableBody = await readBody(head, source, tape)
  if (readableBody === 'cut') return false
  if ('refusal' in readableBody) return send(socket, refusalOf(readableBody.refusal), false)

  const { request } = readableBody
  const answer = await handlers.answer({ ...request, url: urlOf(head, tunnelTo), bodySize: request.bodySize ?? request.body.length })
  if (answer === 'drop') {
    socket.destroy()
    return false
  }
  if (typeof answer === 'function') {
    await answer(socket)
    return false
  }
  return send(socket, answer, staysOpen(head) && endsByItself(request, answer))
}

/** Absolute as a proxy gets it, but for credentials, which WebKit leaves in; inside a tunnel, the path is for the tunnel's end. */
const urlOf = ({ target }: RequestHead, tunnelTo: string | undefined): string =>
  tunnelTo === undefined ? target.replace(/^(\w+:\/\/)[^/?#]*@/, '$1') : `https://${tunnelTo.replace(/:443$/, '')}${target}`

async function openTunnel(socket: Socket, source: ByteSource, handlers: ProxyHandlers, authority: string): Promise<false> {
  const secureContext = await handlers.tunnel(authority)
  if (secureContext === null) {
    send(socket, refused, false)
    return false
  }
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  if (secureContext === 'no TLS') {
    // What an http server says to a handshake, which it takes for a request.
    if (await source.more()) socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    return false
  }
  source.release()
  const inside = new TLSSocket(socket, { isServer: true, secureContext })
  inside.on('error', () => socket.destroy())
  await serveProxyConnection(inside, handlers, authority)
  return false
}

const refused: ServedResponse = { status: 502, statusMessage: 'Bad Gateway', headerList: [['Content-Length', '0']], body: '' }

function send(socket: Socket, response: ServedResponse, open: boolean): boolean {
  const head = writeHead(`HTTP/1.1 ${response.status} ${response.statusMessage}`, response.headerList)
  socket.write(Buffer.from(head + response.body, 'latin1'))
  return open
}
