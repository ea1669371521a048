import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'

export type Sniffed =
  | { readonly socket: Socket; readonly isSecure: boolean }
  /** Why the connection came to nothing; null where the client said nothing at all. */
  | { readonly trouble: string | null }

/**
 * One port for both: a connection that begins with a TLS handshake is taken into TLS, any other is left as it is.
 * @param contextFor the certificate for the host that the client names, or for the address that it came to.
 */
export async function sniff(socket: Socket, contextFor: (host: string) => Promise<SecureContext>): Promise<Sniffed> {
  const first = await firstBytes(socket)
  if (first === null) return { trouble: null }
  socket.unshift(first)
  if (first[0] !== 0x16) return { socket, isSecure: false }
  try {
    return { socket: await secured(socket, contextFor), isSecure: true }
  } catch (error) {
    socket.destroy()
    return { trouble: `The TLS handshake failed: ${error instanceof Error ? error.message : String(error)}.` }
  }
}

function firstBytes(socket: Socket): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const settle = (bytes: Buffer | null) => {
      socket.off('data', settle)
      socket.off('end', none)
      socket.off('close', none)
      socket.pause()
      resolve(bytes)
    }
    const none = () => settle(null)
    socket.on('data', settle)
    socket.on('end', none)
    socket.on('close', none)
  })
}

async function secured(socket: Socket, contextFor: (host: string) => Promise<SecureContext>): Promise<Socket> {
  // For a client that names no host: it went to an address.
  const secureContext = await contextFor(socket.localAddress?.replace(/^::ffff:/, '') ?? 'localhost')
  return new Promise((resolve, reject) => {
    const inside = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      SNICallback: (host, done) => {
        contextFor(host).then(
          (context) => done(null, context),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      },
    })
    inside.once('secure', () => {
      inside.off('error', reject)
      inside.off('close', broken)
      inside.on('error', () => undefined)
      resolve(inside)
    })
    const broken = () => reject(new Error('the client closed the connection'))
    inside.on('error', reject)
    inside.on('close', broken)
  })
}
