import type { Socket } from 'node:net'
import { WireTape } from '#node/wire-tape'

/** What crosses one socket, in both directions, from one request to the end of its answer. */
export interface SocketTap {
  readonly sent: WireTape
  readonly received: WireTape
  /** Milliseconds on the monotonic clock; null until the first byte of the answer. */
  answeredAt: number | null
}

export const newSocketTap = (): SocketTap => ({ sent: new WireTape(), received: new WireTape(), answeredAt: null })

/**
 * Puts the tap between undici and its socket (a TLS socket hands over plaintext, so https is no different).
 * undici writes a head of its own first, whose names it spells in lower case and whose order it chooses; `head` goes out in its place. Both say
 * the same of the body's length, so the framing stays right.
 */
export function tapSocket(socket: Socket, tap: SocketTap, head: string): void {
  const write: (bytes: Buffer) => boolean = socket.write.bind(socket)
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null
  let headIsSent = false

  // undici writes its head by itself and the body after it: https://github.com/nodejs/undici/blob/v8.12.4/lib/dispatcher/client-h1.js
  socket.write = (chunk: string | Buffer) => {
    const bytes = headIsSent ? Buffer.from(chunk) : Buffer.from(head, 'latin1')
    headIsSent = true
    tap.sent.push(bytes)
    return write(bytes)
  }

  socket.read = ((size?: number) => {
    const bytes = read(size)
    if (bytes !== null) {
      tap.answeredAt ??= performance.now()
      tap.received.push(bytes)
    }
    return bytes
  }) as Socket['read']
}
