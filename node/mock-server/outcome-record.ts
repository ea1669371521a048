import { seenBytes, type Outcome, type SeenBytes } from './seen-exchange.ts'

/** The numbers that a record begins with, in this order; NaN for none. */
const numbers = 8
const head = new Float64Array(numbers)
const headBytes = new Uint8Array(head.buffer)

/** How many bytes an outcome takes. */
export const recordSize = ({ received, sent, route, trouble }: Outcome): number =>
  headBytes.length + received.kept + sent.kept + lengthOf(route) + lengthOf(trouble)

export function writeRecord(outcome: Outcome, bytes: Buffer, from: number): void {
  const { status, received, sent, route, trouble } = outcome
  head[0] = status ?? NaN
  head[1] = (outcome.isRequest ? 1 : 0) + (outcome.handled ? 2 : 0)
  head[2] = received.kept
  head[3] = received.size
  head[4] = sent.kept
  head[5] = sent.size
  head[6] = route === null ? NaN : lengthOf(route)
  head[7] = trouble === undefined ? NaN : lengthOf(trouble)
  bytes.set(headBytes, from)
  let at = from + headBytes.length
  at += received.copyTo(bytes, at)
  at += sent.copyTo(bytes, at)
  if (route !== null) at += bytes.write(route, at)
  if (trouble !== undefined) bytes.write(trouble, at)
}

export function readRecord(bytes: Buffer, from: number): Outcome {
  headBytes.set(bytes.subarray(from, from + headBytes.length))
  const [status = NaN, flags = 0, receivedKept = 0, receivedSize = 0] = head
  const [sentKept = 0, sentSize = 0, routeLength = NaN, troubleLength = NaN] = head.subarray(4)
  const received = from + headBytes.length
  const sent = received + receivedKept
  const route = sent + sentKept
  const trouble = route + (routeLength || 0)
  return {
    status: Number.isNaN(status) ? null : status,
    isRequest: (flags & 1) === 1,
    handled: (flags & 2) === 2,
    received: cutBytes(bytes, received, receivedKept, receivedSize),
    sent: cutBytes(bytes, sent, sentKept, sentSize),
    route: Number.isNaN(routeLength) ? null : bytes.toString('utf8', route, trouble),
    trouble: Number.isNaN(troubleLength) ? undefined : bytes.toString('utf8', trouble, trouble + troubleLength),
  }
}

const cutBytes = (bytes: Buffer, from: number, kept: number, size: number): SeenBytes => ({
  ...seenBytes(bytes.subarray(from, from + kept)),
  size,
})

const lengthOf = (text: string | null | undefined): number => (text === null || text === undefined ? 0 : Buffer.byteLength(text))
