import type { SocketTap } from './socket-tap.ts'

/** Why there is no answer, or no whole one, in plain words: what happened, and what to do next where that is known. */
export function troubleOf(error: unknown, url: URL, tap: SocketTap): string {
  const { code, message } = facts(error)
  const place = url.port === '' ? url.hostname : url.host
  const certificate = certificateTrouble(code, url)
  if (certificate !== null) return certificate
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${place}. Start the server, or correct the port in the URL.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `No address is known for the host ${url.hostname}. Check its spelling, and that this machine can look names up.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return `${place} cannot be reached from this machine. Check the network, or use a server on localhost.`
    case 'ETIMEDOUT':
      return `${place} did not take the connection. Check that the server runs and that no firewall stands between.`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${place} does not speak TLS as https: asks for. If it is a plain http server, write http: in the URL. (${message})`
    case 'UND_ERR_HEADERS_OVERFLOW':
      return `The head of the answer from ${place} is longer than the lab reads.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      // undici's words for an interim answer that nobody waits for.
      if (message === 'bad response.')
        return `${place} began with 100 Continue, which the request did not ask for; undici, the lab’s HTTP client, reads no further.`
      return tap.received.size === 0
        ? `${place} closed the connection without an answer.`
        : `${place} closed the connection in the middle of its answer, after ${tap.received.size} bytes.`
    default:
      if (code.startsWith('HPE_') || code === 'HTTPParserError')
        return `What ${place} sent is not an HTTP/1.1 answer: ${message} The Raw tab shows its bytes.`
      return `The exchange with ${place} failed: ${message} (${code})`
  }
}

function certificateTrouble(code: string, url: URL): string | null {
  const certificate = `The certificate of ${url.origin}`
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `${certificate} is self-signed, so nobody this machine trusts vouches for it. Name its authority in NODE_EXTRA_CA_CERTS, or use http: for this try.`
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return `${certificate} is signed by an authority this machine does not know. Have the server send the whole chain, or name the authority in NODE_EXTRA_CA_CERTS.`
    case 'CERT_HAS_EXPIRED':
      return `${certificate} has expired. Renew it on the server.`
    case 'CERT_NOT_YET_VALID':
      return `${certificate} is not valid yet. Compare the clocks of this machine and the server.`
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `${certificate} is for other names than ${url.hostname}. Use a name that it lists, or have it issued for this one.`
    default:
      return null
  }
}

/** Several addresses tried in vain come as one error that holds the others. */
function facts(error: unknown): { code: string; message: string } {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(inner instanceof Error)) return { code: 'unknown', message: String(inner) }
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name
  return { code, message: inner.message.replace(/[.]?$/, '.') }
}

export const timeoutTrouble = (url: URL, tap: SocketTap, timeout: number): string =>
  tap.received.size === 0
    ? `${url.host} had not answered when the run’s ${seconds(timeout)} were over.`
    : `${url.host} had sent ${tap.received.size} bytes, but not the end of its answer, when the run’s ${seconds(timeout)} were over.`

const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`
