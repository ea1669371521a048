import { Socket, type SocketConstructorOpts } from 'node:net'

/** Where the bytes of all connections come in. */
const incoming = Buffer.allocUnsafeSlow(64 * 1024)

type Handle = NonNullable<SocketConstructorOpts['handle']>

/** What node:net makes the socket of a connection of: as `http` and `tls` do, we take it from there. Its types do not say so. */
interface HasHandle {
  _handle: Handle | null
}

/**
 * A connection that lends what comes before it gives it away. node:net makes 64 KiB of room for every chunk, and a stream tells it on; of a short
 * request, that costs as much as all that is done to answer it.
 */
export class LendingSocket extends Socket {
  /** Sees the bytes first, and copies what it keeps: the next ones overwrite them. Without it they come as a socket's do. */
  borrower: ((bytes: Buffer) => void) | null = null

  private constructor(handle: Handle, allowHalfOpen: boolean) {
    const onread = { buffer: incoming, callback: (length: number) => this.#onBytes(incoming.subarray(0, length)) }
    super({ handle, allowHalfOpen, onread })
  }

  /** Takes a connection over from the server that accepted it, which then knows nothing more of it. */
  static takeOver(accepted: Socket): Socket {
    const owner = accepted as unknown as HasHandle
    const handle = owner._handle
    if (handle === null) return accepted
    owner._handle = null
    accepted.destroy()
    return new LendingSocket(handle, accepted.allowHalfOpen)
  }

  /** Whether more may come at once. */
  #onBytes(bytes: Buffer): boolean {
    // What came earlier goes first.
    if (this.borrower === null || this.readableLength > 0) return this.push(Buffer.from(bytes))
    this.borrower(bytes)
    return true
  }
}
