import { randomUUID } from 'node:crypto'
import { Client } from 'undici'
import { parseHead, parseStatusLine, writeHead } from '#shared/codecs/raw-http'
import { wireLimit, type RunExchange } from '#shared/contract/wire'
import type { HTTPNetworkFetch, NetworkAnswer } from '#shared/fetch/steps'
import { asSent } from '#shared/lab/as-sent'
import { tappedConnector, type Address } from './connect.ts'
import { newSocketTap, type SocketTap } from './socket-tap.ts'
import { timeoutTrouble, troubleOf } from './trouble.ts'

/** Bytes of a body that are read; a server may go on for ever. */
export const bodyLimit = 64 * 1024 * 1024

export interface ExchangeLimits {
  /** Aborted by the user: the exchange rejects. */
  readonly cancel: AbortSignal
  /** Aborted when the run's time is over: the exchange ends with a network error. */
  readonly deadline: AbortSignal
  /** Milliseconds, for the words only. */
  readonly timeout: number
}

export interface Exchanged {
  readonly answer: NetworkAnswer
  readonly exchange: RunExchange
}

/**
 * https://fetch.spec.whatwg.org/#concept-http-network-fetch over a connection of its own, so that no earlier answer can reach into this one.
 * The answer is read from the bytes on the socket: undici's own view of it has no letter case and regroups doubled headers.
 * @throws only the reason of `limits.cancel`.
 */
export async function exchangeOverUndici(fetch: HTTPNetworkFetch, limits: ExchangeLimits, address?: Address): Promise<Exchanged> {
  const url = new URL(fetch.url)
  const startedAt = Date.now()
  const start = performance.now()
  const tap = newSocketTap()
  const { method, target, headerList, body } = asSent(fetch)
  const client = new Client(url.origin, {
    connect: tappedConnector(tap, writeHead(`${method} ${target} HTTP/1.1`, headerList), address),
    // The deadline is the one limit of time.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: wireLimit / 2,
  })
  const received = { body: [] as Buffer[], size: 0 }
  let trouble: string | undefined
  try {
    const signal = AbortSignal.any([limits.cancel, limits.deadline])
    // Head and target go out through the connector; undici needs to know of the method and the body for the framing alone.
    const response = await client.request({ method, path: '/', signal, body: body === '' ? null : Buffer.from(body, 'latin1') })
    trouble = await readBody(response.body as AsyncIterable<Buffer>, received)
  } catch (error) {
    limits.cancel.throwIfAborted()
    trouble = limits.deadline.aborted ? timeoutTrouble(url, tap, limits.timeout) : troubleOf(error, url, tap)
  } finally {
    await client.destroy()
  }
  return {
    answer: answerOf(tap, received.body, trouble),
    exchange: {
      id: randomUUID(),
      kind: fetch.kind,
      method,
      url: fetch.url,
      startedAt,
      request: tap.sent.message(),
      response: tap.received.size === 0 ? null : tap.received.message(),
      answeredAfter: tap.answeredAt === null ? null : tap.answeredAt - start,
      endedAfter: performance.now() - start,
      ...(trouble === undefined ? {} : { trouble }),
    },
  }
}

/** Keeps what is shown and counts the rest. Returns why the body was not read to its end, where it was not. */
async function readBody(chunks: AsyncIterable<Buffer>, received: { body: Buffer[]; size: number }): Promise<string | undefined> {
  for await (const chunk of chunks) {
    if (received.size < wireLimit) received.body.push(Buffer.from(chunk.subarray(0, wireLimit - received.size)))
    received.size += chunk.length
    if (received.size > bodyLimit) return `The body is larger than ${bodyLimit / 1024 / 1024} MiB; the lab stopped reading there.`
  }
  return undefined
}

/**
 * A response is there once its head is, whatever becomes of its body: a page's `fetch()` is fulfilled then.
 * https://fetch.spec.whatwg.org/#http-network-fetch
 */
function answerOf(tap: SocketTap, body: Buffer[], trouble: string | undefined): NetworkAnswer {
  const bytes = tap.received.text()
  for (let from = 0; ;) {
    const head = parseHead(bytes, from)
    const line = parseStatusLine(head.startLine)
    if (head.bodyOffset === null || line === null) {
      const unheard = tap.sent.size === 0 ? ({ isUnheard: true } as const) : {}
      return { type: 'network-error', reason: trouble ?? 'What came back is not an HTTP/1.1 answer.', ...unheard }
    }
    // 100 Continue, 103 Early Hints: the answer comes after them.
    if (line.status >= 200) {
      const { status, statusMessage } = line
      return { type: 'response', status, statusMessage, headerList: head.headerList, body: Buffer.concat(body).toString('latin1') }
    }
    from = head.bodyOffset
  }
}
