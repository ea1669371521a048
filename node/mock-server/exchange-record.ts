import type { SeenBytes, SeenExchange } from './seen-exchange.ts'

/** The numbers that a record begins with, in this order; NaN for none. */
const numbers = 12
const head = new Float64Array(numbers)
const headBytes = new Uint8Array(head.buffer)

/** How many bytes an exchange takes. */
export const recordSize = ({ received, sent, route, trouble }: SeenExchange): number =>
  headBytes.length + received.kept + sent.kept + lengthOf(route) + lengthOf(trouble)

export function writeRecord(exchange: SeenExchange, bytes: Buffer, from: number): void {
  const { number, startedAt, answeredAfter, endedAfter, status, received, sent, route, trouble } = exchange
  head[0] = number
  head[1] = startedAt
  head[2] = answeredAfter ?? NaN
  head[3] = endedAfter
  head[4] = status ?? NaN
  head[5] = (exchange.isRequest ? 1 : 0) + (exchange.handled ? 2 : 0)
  head[6] = received.kept
  head[7] = received.size
  head[8] = sent.kept
  head[9] = sent.size
  head[10] = route === null ? NaN : lengthOf(route)
  head[11] = trouble === undefined ? NaN : lengthOf(trouble)
  bytes.set(headBytes, from)
  let at = from + headBytes.length
  at += bytes.write(received.text(), at, 'latin1')
  at += bytes.write(sent.text(), at, 'latin1')
  if (route !== null) at += bytes.write(route, at)
  if (trouble !== undefined) bytes.write(trouble, at)
}

export function readRecord(bytes: Buffer, from: number): SeenExchange {
  headBytes.set(bytes.subarray(from, from + headBytes.length))
  const [number = 0, startedAt = 0, answeredAfter = NaN, endedAfter = 0, status = NaN, flags = 0] = head
  const [receivedKept = 0, receivedSize = 0, sentKept = 0, sentSize = 0, routeLength = NaN, troubleLength = NaN] = head.subarray(6)
  const received = from + headBytes.length
  const sent = received + receivedKept
  const route = sent + sentKept
  const trouble = route + (routeLength || 0)
  return {
    number,
    startedAt,
    answeredAfter: Number.isNaN(answeredAfter) ? null : answeredAfter,
    endedAfter,
    status: Number.isNaN(status) ? null : status,
    isRequest: (flags & 1) === 1,
    handled: (flags & 2) === 2,
    received: seenBytes(bytes, received, receivedKept, receivedSize),
    sent: seenBytes(bytes, sent, sentKept, sentSize),
    route: Number.isNaN(routeLength) ? null : bytes.toString('utf8', route, trouble),
    trouble: Number.isNaN(troubleLength) ? undefined : bytes.toString('utf8', trouble, trouble + troubleLength),
  }
}

const seenBytes = (bytes: Buffer, from: number, kept: number, size: number): SeenBytes => ({
  kept,
  size,
  text: () => bytes.toString('latin1', from, from + kept),
})

const lengthOf = (text: string | null | undefined): number => (text === null || text === undefined ? 0 : Buffer.byteLength(text))
