import { lookup as lookUp } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { tapSocket, type SocketTap } from './socket-tap.ts'

/** Where a URL's host is to be found instead of where its name says. */
export interface Address {
  readonly host: string
  readonly port: number
  /** Over https: whose certificates are good there; those that are good anywhere without. */
  readonly trust?: SecureContext
}

/**
 * A connector for undici that taps the socket and sends `head` in place of undici's own.
 * @param address where to connect; the URL's own host and port where there is none. `Host` and the TLS server name stay the URL's.
 */
export function tappedConnector(tap: SocketTap, head: string, address: Address | undefined): buildConnector.connector {
  // The run's own time limit bounds the connecting, too.
  const connect = buildConnector({
    allowH2: false,
    timeout: 0,
    lookup: lookUpAsBrowsersDo,
    autoSelectFamily: true,
    ...(address?.trust === undefined ? {} : { secureContext: address.trust }),
  })
  return (options, callback) => {
    const where = address === undefined ? options : { ...options, hostname: address.host, port: String(address.port) }
    connect(where, (...[error, socket]) => {
      if (error === null) {
        tapSocket(socket, tap, head)
        callback(null, socket)
      } else callback(error, null)
    })
  }
}

/** Browsers take `localhost`, and every name under it, for both loopback addresses and ask no resolver: https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const lookUpAsBrowsersDo: LookupFunction = (hostname, options, callback) => {
  if (!/(?:^|\.)localhost\.?$/i.test(hostname)) lookUp(hostname, options, callback)
  else if (options.all === true) callback(null, loopback)
  else callback(null, '127.0.0.1', 4)
}

const loopback = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]
