import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LabError } from '#shared/contract/errors'
import type { Emit } from '#shared/contract/events'
import type { LabService } from '#shared/contract/methods'
import { mishapOf } from '#node/mock-server/loopback'
import { pageHeaders } from './page-headers.ts'
import type { RendererFiles } from './renderer-files.ts'
import { exposeOverWebSocket, type Bridge } from './web-socket.ts'

export interface WebHost {
  /** The page's address, the token in its fragment: whoever has it can use the lab. */
  readonly url: string
  readonly port: number
  readonly emit: Emit
  close(): Promise<void>
}

interface Parts {
  /** 1 to 65535, or 0 for any free port. */
  readonly port: number
  readonly files: RendererFiles
  readonly token: string
  readonly service: LabService
  /** Is told of errors nobody foresaw. */
  readonly report: (error: unknown) => void
}

/**
 * Serves the lab's page and its bridge on 127.0.0.1, and nowhere else.
 * @throws LabError `port-in-use`, `port-not-permitted`, `port-out-of-range`.
 */
export async function serveWebHost({ port, files, token, service, report }: Parts): Promise<WebHost> {
  const server = createServer()
  await listen(server, port)
  const taken = (server.address() as AddressInfo).port
  const host = `127.0.0.1:${taken}`

  server.on('request', deliver(files, host))
  const bridge = exposeOverWebSocket(server, `http://${host}`, token, service, report)
  return { url: `http://${host}/#token=${token}`, port: taken, emit: bridge.emit, close: () => close(server, bridge) }
}

/** The page's files, by GET and HEAD, to whoever calls this host by its own name. They hold no secret; not one header lets another origin read them. */
function deliver(files: RendererFiles, host: string) {
  const headers = pageHeaders(`ws://${host}`)
  return (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (status: number, why: string, more = {}) =>
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', ...more }).end(`${why}\n`)

    const { host: named } = request.headersDistinct
    if (named?.length !== 1 || named[0] !== host) return void refuse(421, `The lab answers at http://${host}/ only.`)
    if (request.method !== 'GET' && request.method !== 'HEAD') return void refuse(405, 'Only GET and HEAD.', { Allow: 'GET, HEAD' })
    const file = files.get(request.url?.split('?')[0] ?? '')
    if (!file) return void refuse(404, 'There is no such file.')
    response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }
}

async function listen(server: Server, port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new LabError('port-out-of-range', { port })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch(async (error: unknown) => {
    throw await mishapOf(error, port)
  })
}

function close(server: Server, bridge: Bridge): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  bridge.close()
  server.closeAllConnections()
  return closed
}
