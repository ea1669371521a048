import { parseHead, parseRequestLine } from '#shared/codecs/raw-http'
import { wireLimit, type ServerExchange, type WireMessage } from '#shared/contract/wire'
import { get } from '#shared/fetch/header-list'
import { isCORSPreflightRequest } from '#shared/policy/cors-headers'
import { exchangeId } from './exchange-id.ts'

/** Bytes of a message: those that are kept, and how many there were. */
export interface SeenBytes {
  /** latin-1 */
  text(): string
  /** Into the target; answers how many there were. */
  copyTo(target: Buffer, at: number): number
  readonly kept: number
  readonly size: number
}

/** What was said, and what came of it. Exchanges in which the same was said may have the same one. */
export interface Outcome {
  readonly received: SeenBytes
  readonly sent: SeenBytes
  /** Whether what was received is a request. */
  readonly isRequest: boolean
  /** null where no answer was sent. */
  readonly status: number | null
  readonly route: string | null
  readonly handled: boolean
  readonly trouble: string | undefined
  /** Others have it, too: it is kept anyway. */
  readonly isShared?: true
}

/** An exchange as it was seen, and no more than tells the rest: of most exchanges of a busy server, nobody ever asks for it. */
export interface SeenExchange {
  readonly number: number
  readonly startedAt: number
  /** NaN where it was not. */
  readonly answeredAfter: number
  readonly endedAfter: number
  readonly outcome: Outcome
}

/** The exchange as it is told. */
export function toldExchange(serverId: string, seen: SeenExchange): ServerExchange {
  const { number, startedAt, answeredAfter, endedAfter } = seen
  const { received, sent, isRequest, status, route, handled, trouble } = seen.outcome
  const text = received.text()
  return {
    id: exchangeId(number),
    serverId,
    startedAt,
    ...(isRequest ? requestIn(text) : noRequest),
    status,
    route,
    handled,
    request: messageOf(text, received.size),
    response: sent.size === 0 ? null : messageOf(sent.text(), sent.size),
    answeredAfter: Number.isNaN(answeredAfter) ? null : answeredAfter,
    endedAfter,
    ...(trouble === undefined ? {} : { trouble }),
  }
}

const noRequest = { kind: 'request', method: '', target: '', origin: null } as const

function requestIn(text: string): Pick<ServerExchange, 'kind' | 'method' | 'target' | 'origin'> {
  // Empty lines may come first.
  const { startLine, headerList } = parseHead(text, text.search(/[^\r\n]/))
  const { method = '', target = '' } = parseRequestLine(startLine) ?? {}
  const kind = isCORSPreflightRequest({ method, headerList }) ? 'preflight' : 'request'
  return { kind, method, target, origin: get(headerList, 'Origin') }
}

const messageOf = (text: string, size: number): WireMessage => ({ bytes: Buffer.from(text, 'latin1').toString('base64'), size })

/** Bytes that are there, whole. */
export function seenBytes(bytes: Buffer): SeenBytes {
  const kept = Math.min(bytes.length, wireLimit)
  return {
    kept,
    size: bytes.length,
    text: () => bytes.toString('latin1', 0, kept),
    copyTo: (target, at) => bytes.copy(target, at, 0, kept),
  }
}
