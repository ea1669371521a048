import { byteLowercase, type Header, type HeaderList } from '#shared/fetch/header-list'
import type { MockServer } from './mock-server.ts'
import { corsHeaders, corsPreflightHeaders, isCORSPreflightRequest } from './cors-headers.ts'
import { statusMessages } from './status-messages.ts'

/** A request as it arrived; bytes are latin-1 strings. */
export interface ServedRequest {
  readonly method: string
  /** Path and query, as on the request line. */
  readonly target: string
  readonly headerList: HeaderList
  /** Its first bytes will do: no more than `echoLimit` are looked at. */
  readonly body: string
  /** How many bytes there were, where `body` holds fewer. */
  readonly bodySize?: number
}

/** An answer, whole: whoever sends it adds no header and no byte, so that what a prediction says of it is what comes over the wire. */
export interface ServedResponse {
  readonly status: number
  readonly statusMessage: string
  readonly headerList: HeaderList
  /** Bytes as a latin-1 string; empty where the message may not have any. */
  readonly body: string
}

/** Bytes of a request's body that an echo gives back. */
export const echoLimit = 256 * 1024

/**
 * What a mock server answers: on the wire, and in a prediction. A CORS-preflight request is answered by the policy alone, everything else by
 * the response together with the policy's headers. The header lines come in this order: the response's own, the policy's, `Content-Length`.
 * There is no `Date`: nobody here knows the time, and a script must read in a run what it would read by the prediction.
 */
export function respond(server: Pick<MockServer, 'policy' | 'response'>, request: ServedRequest): ServedResponse {
  if (isCORSPreflightRequest(request)) {
    return framed(request, server.policy.preflightStatus, corsPreflightHeaders(server.policy, request.headerList), '')
  }
  const headers = corsHeaders(server.policy, request.headerList)
  const { response } = server
  if (response.kind === 'echo') return framed(request, 200, [['Content-Type', 'application/json'], ...headers], echo(request))
  return framed(request, response.status, [...response.headers, ...headers], 'body' in response ? response.body : '')
}

/** @param text is encoded as UTF-8. */
function framed(request: ServedRequest, status: number, headerList: HeaderList, text: string): ServedResponse {
  const body = isomorphicDecode(new TextEncoder().encode(text))
  const mayHaveBody = status !== 204 && status !== 304
  // RFC 9110, section 15.3.6: a 205 has an empty body.
  const length: HeaderList = mayHaveBody ? [['Content-Length', String(status === 205 ? 0 : body.length)]] : []
  return {
    status,
    statusMessage: statusMessages[status] ?? '',
    headerList: [...headerList.flatMap(asOnTheWire), ...length],
    body: mayHaveBody && status !== 205 && request.method !== 'HEAD' ? body : '',
  }
}

/** Where a message ends is for the transport to say: a header line that says otherwise would garble this answer and those after it. */
const transportHeaders = ['connection', 'content-length', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/** A header line as a receiver gets it: a name that is no token cannot be sent, and neither can line breaks or bytes that are none. */
function asOnTheWire([name, value]: Header): Header[] {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || transportHeaders.includes(byteLowercase(name))) return []
  const bytes = /[^\0-\xff]/.test(value) ? isomorphicDecode(new TextEncoder().encode(value)) : value
  // These three are what RFC 9110, section 5.5, forbids in a value.
  return [[name, bytes.replace(/[\0\r\n]/g, ' ').replace(/^[ \t]+|[ \t]+$/g, '')]]
}

function echo({ method, target, headerList, body, bodySize = body.length }: ServedRequest): string {
  const text = new TextDecoder().decode(isomorphicEncode(body.slice(0, echoLimit)))
  const cut = bodySize > echoLimit ? { bodySize, note: `Only the first ${echoLimit} bytes of the body are given back.` } : {}
  return JSON.stringify({ method, target, headers: headerList, body: text, ...cut }, null, 2)
}

/** https://infra.spec.whatwg.org/#isomorphic-decode */
function isomorphicDecode(bytes: Uint8Array): string {
  let text = ''
  // In pieces: a call takes no more than so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

/** https://infra.spec.whatwg.org/#isomorphic-encode */
const isomorphicEncode = (text: string): Uint8Array => Uint8Array.from(text, (byte) => byte.charCodeAt(0))
