import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import { dispatch } from '#shared/contract/dispatch'
import type { Emit } from '#shared/contract/events'
import type { LabService } from '#shared/contract/methods'
import { mayConnect } from './may-connect.ts'

/** Bytes of one message from the page: a workspace with some thousand requests. A longer one closes the connection (1009). */
const messageLimit = 16 * 1024 * 1024

/** Bytes that may wait for a page that does not read. Beyond, it is cut off; it connects anew and asks for what it missed. */
const backlogLimit = 64 * 1024 * 1024

export interface Bridge {
  readonly emit: Emit
  /** Cuts every connection; their pages know, and try again. */
  close(): void
}

interface Call {
  readonly id: number
  readonly name: unknown
  readonly input: unknown
}

/**
 * The bridge at `/bridge?token=…`. The page sends `{ id, name, input }`, the host answers `{ id, reply }`; what the lab tells unasked comes as
 * `{ event, payload }`.
 * @param origin the page's origin: nobody else is let in.
 */
export function exposeOverWebSocket(
  server: Server,
  origin: string,
  token: string,
  service: LabService,
  report: (error: unknown) => void,
): Bridge {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageLimit, perMessageDeflate: false })

  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/bridge') refuse(socket, '404 Not Found')
    else if (!mayConnect(request, origin, token)) refuse(socket, '403 Forbidden')
    else sockets.handleUpgrade(request, socket, head, serve)
  })

  return {
    emit: (event, payload) => {
      const message = JSON.stringify({ event, payload })
      for (const socket of sockets.clients) send(socket, message)
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
  }

  function serve(socket: WebSocket): void {
    // A frame that breaks the protocol or the limit: ws has closed the connection already, and nothing is left to do.
    socket.on('error', () => undefined)
    socket.on('message', (data, isBinary) => {
      const call = isBinary ? null : readCall(data)
      if (call === null) socket.close(1007, 'Not a call')
      else void dispatch(service, call.name, call.input, report).then((reply) => send(socket, JSON.stringify({ id: call.id, reply })))
    })
  }
}

function readCall(data: RawData): Call | null {
  try {
    // With ws's default binaryType a message is one Buffer.
    const call: unknown = JSON.parse((data as Buffer).toString('utf8'))
    if (typeof call !== 'object' || call === null || !('id' in call) || typeof call.id !== 'number') return null
    return { id: call.id, name: 'name' in call ? call.name : undefined, input: 'input' in call ? call.input : undefined }
  } catch {
    return null
  }
}

function send(socket: WebSocket, message: string): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > backlogLimit) socket.terminate()
  else socket.send(message)
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined)
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
