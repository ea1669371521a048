import type { HeaderList } from '#shared/fetch/header-list'
import type { Responder, ServedRequest, ServedResponse } from '#shared/policy/respond'
import { answerBytes } from './answer-bytes.ts'
import { endsByItself } from './persistence.ts'
import { firstLine, wholeRequest, type WholeRequest } from './read-request.ts'
import { seenBytes, type Outcome } from './seen-exchange.ts'

/** A request with its answer, to the byte. */
export interface Answered {
  readonly asked: Buffer
  readonly response: ServedResponse
  readonly answer: Buffer
  /** Whether the connection may serve another after it. */
  readonly goesOn: boolean
  /** Shared by all that say the same; null as long as nothing was said twice. */
  outcome: Outcome | null
}

/** A method and header lines that came lately. */
interface RecentLines {
  readonly method: string
  readonly version: string
  /** As they came, with the empty line. */
  readonly bytes: Buffer
  readonly headerList: HeaderList
  readonly staysOpen: boolean
  readonly respond: Responder
  /** The last request with them; null where it, or its answer, is too long to keep. */
  last: Answered | null
}

export interface RecentRequest extends WholeRequest {
  readonly lines: RecentLines
}

const places = 16
/** Bytes of a request, or an answer, that is kept. */
const limit = 8 * 1024

/**
 * What clients asked lately, for as long as a server is not edited. They say nearly the same again and again: header lines that are the same to the
 * byte are not read again, what the policy makes of them is not worked out again, and what is the same throughout is not answered anew.
 */
export class RecentRequests {
  readonly #respondTo: (request: ServedRequest) => Responder
  readonly #recent: RecentLines[] = []
  #next = 0

  constructor(respondTo: (request: ServedRequest) => Responder) {
    this.#respondTo = respondTo
  }

  /** What `rest` begins with, where it was answered before. */
  answered(rest: Buffer): Answered | null {
    for (const { last } of this.#recent) if (last !== null && isAt(last.asked, rest, 0)) return last
    return null
  }

  /** The request that `rest` begins with; null where there is more to it than a head, and where that has not come or cannot be read. */
  read(rest: Buffer): RecentRequest | null {
    const line = firstLine(rest)
    if (line === null) return null
    const { method, target, version, size } = line
    for (const lines of this.#recent) {
      if (lines.method !== method || lines.version !== version || !isAt(lines.bytes, rest, size)) continue
      const { headerList, staysOpen } = lines
      return { size: size + lines.bytes.length, request: { method, target, headerList, body: '', bodySize: 0 }, version, staysOpen, lines }
    }
    return this.#readAll(rest, size)
  }

  #readAll(rest: Buffer, lineSize: number): RecentRequest | null {
    const whole = wholeRequest(rest)
    if (whole === null) return null
    const { request, version, staysOpen, size } = whole
    const { method, headerList } = request
    const bytes = Buffer.from(rest.subarray(lineSize, size))
    const lines: RecentLines = { method, version, bytes, headerList, staysOpen, respond: this.#respondTo(request), last: null }
    if (size <= limit) {
      this.#recent[this.#next] = lines
      this.#next = (this.#next + 1) % places
    }
    return { ...whole, lines }
  }
}

/** @param lines where they are kept; what is answered as the last time is there in bytes already. */
export function answeredBy(asked: Buffer, request: WholeRequest, response: ServedResponse, lines: RecentLines | null): Answered {
  const last = lines?.last ?? null
  const isSame = last?.response === response
  const answer = isSame ? last.answer : Buffer.from(answerBytes(response), 'latin1')
  const goesOn = isSame ? last.goesOn : request.staysOpen && endsByItself(request.request, response)
  const answered: Answered = { asked, response, answer, goesOn, outcome: null }
  if (lines !== null) lines.last = asked.length + answer.length > limit ? null : answered
  return answered
}

export const outcomeOf = ({ asked, answer, response }: Answered): Outcome => ({
  received: seenBytes(asked),
  sent: seenBytes(answer),
  isRequest: true,
  status: response.status,
  route: response.route ?? null,
  handled: response.handled ?? false,
  trouble: undefined,
})

/** Whether `rest` holds these bytes from there on. They end with an empty line: a look at that tells most others. */
function isAt(bytes: Buffer, rest: Buffer, from: number): boolean {
  const end = from + bytes.length
  return rest[end - 1] === 0x0a && rest[end - 3] === 0x0a && bytes.compare(rest, from, end) === 0
}
