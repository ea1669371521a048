import type { Socket } from 'node:net'
import { writeHead } from '#shared/codecs/raw-http'
import { byteCaseInsensitiveMatch, byteLowercase, get } from '#shared/fetch/header-list'
import { refusalOf, type Refusal } from '#shared/policy/refusal'
import type { ServedRequest, ServedResponse, ServerMemory } from '#shared/policy/respond'
import { WireTape } from '#node/wire-tape'
import { answerBytes, statusLineOf } from './answer-bytes.ts'
import { ByteSource } from './byte-source.ts'
import { usualPatience, type Deadline, type Deadlines, type Patience } from './deadlines.ts'
import { nextExchangeNumber } from './exchange-id.ts'
import { pause } from './pause.ts'
import { endsByItself, staysOpen } from './persistence.ts'
import { framingOf, readBody, readHead, wholeRequest, type RequestHead, type WholeRequest } from './read-request.ts'
import { answeredBy, outcomeOf, type Answered, type RecentRequest, type RecentRequests } from './recent-requests.ts'
import type { Outcome, SeenExchange } from './seen-exchange.ts'

/** An answer that ends with the connection, or a connection closed without a word. */
export type Answer = ServedResponse | 'drop'

/** What a connection is served with. */
export interface Serving {
  answer(request: ServedRequest, memory?: Pick<ServerMemory, 'missingFile'>): Answer
  onExchange(exchange: SeenExchange): void
  /** What was asked lately, and answered in the same way; null where an answer depends on more than its request. */
  recent?(): RecentRequests | null
  /** The bytes of a file that an answer names; null where it is not to be had. */
  openFile?(file: string): Promise<AsyncIterable<Buffer> | null>
  /** Without them, a client may take as long as it likes. */
  readonly deadlines?: Deadlines
  readonly patience?: Patience
}

/**
 * Reads requests from a connection, one after another, and answers each before it reads the next, until either side closes.
 * Never rejects: whatever a client does, the server lives on.
 */
export async function serveConnection(socket: Socket, serving: Serving): Promise<void> {
  const source = new ByteSource(socket)
  const connection = new Connection(socket, source, serving)
  try {
    await connection.serve()
    socket.end()
    await linger(socket, source)
  } catch {
    // The connection broke; what had come of an exchange was reported by then.
  } finally {
    connection.close()
    socket.destroy()
  }
}

class Connection {
  readonly #socket: Socket
  readonly #source: ByteSource
  readonly #serving: Serving
  readonly #patience: Patience
  readonly #deadline: Deadline | undefined
  /** What there is to wait for before the next request. */
  #waits: (() => Promise<boolean>) | null = null
  #isLate = false
  #isWriting = false
  #isCorked = false

  constructor(socket: Socket, source: ByteSource, serving: Serving) {
    this.#socket = socket
    this.#source = source
    this.#serving = serving
    this.#patience = serving.patience ?? usualPatience
    this.#deadline = serving.deadlines?.open(() => this.#expire())
  }

  close(): void {
    this.#deadline?.close()
  }

  /** One request after another, until either side closes. */
  async serve(): Promise<void> {
    this.#deadline?.within(this.#patience.idle)
    while (await this.#source.moreThan(this.#serveAtOnce)) {
      const waits = this.#waits
      this.#waits = null
      if (waits === null || !(await waits())) return
      this.#deadline?.within(this.#patience.idle)
    }
  }

  /**
   * Serves requests as long as that needs no waiting. Nearly every one has come whole, has no body and is answered in one piece. What several
   * of them get goes out as one.
   */
  readonly #serveAtOnce = (): boolean => {
    try {
      while (this.#serveNext()) {
        if (this.#source.rest.length > 0) continue
        this.#deadline?.within(this.#patience.idle)
        return true
      }
      return false
    } finally {
      if (this.#isCorked) this.#socket.uncork()
      this.#isCorked = false
    }
  }

  /** Whether another request can be served at once; where not, `waits` is what there is to wait for before it. */
  #serveNext(): boolean {
    const startedAt = Date.now()
    const start = performance.now()
    const { rest } = this.#source
    const recent = this.#serving.recent?.() ?? null
    const known = recent?.answered(rest) ?? null
    if (known !== null && !this.#socket.destroyed) {
      known.outcome ??= { ...outcomeOf(known), isShared: true }
      return this.#send(known, known.outcome, { startedAt, start })
    }
    const whole: (WholeRequest & Partial<RecentRequest>) | null = recent === null ? wholeRequest(rest) : recent.read(rest)
    if (whole === null) {
      this.#deadline?.within(this.#patience.head)
      const exchange = new Exchange()
      return this.#wait(exchange, () => this.#serveInPieces(exchange))
    }
    const { request, size, version, lines = null } = whole
    const answer = lines === null ? this.#serving.answer(request) : lines.respond(request)
    const bytes = Buffer.from(rest.subarray(0, size))
    if (answer === 'drop' || answer.drop || answer.delay || answer.file !== undefined || this.#socket.destroyed) {
      this.#deadline?.never()
      this.#source.skip(size)
      const exchange = new Exchange()
      exchange.received.push(bytes)
      exchange.head = { ...request, version }
      return this.#wait(exchange, () => this.#respond(exchange, request, answer))
    }
    const answered = answeredBy(bytes, whole, answer, lines)
    return this.#send(answered, outcomeOf(answered), { startedAt, start })
  }

  #send(answered: Answered, outcome: Outcome, times: Times): boolean {
    const source = this.#source
    const socket = this.#socket
    source.skip(answered.asked.length)
    if (!this.#isCorked && source.rest.length > 0) {
      socket.cork()
      this.#isCorked = true
    }
    const isTaken = socket.write(answered.answer)
    const seen = seenAfter(times, outcome)
    if (isTaken) {
      this.#serving.onExchange(seen)
      return answered.goesOn
    }
    this.#waits = () => this.#sending(answered, times, seen)
    return false
  }

  /** The client does not keep up. */
  async #sending(answered: Answered, { start }: Times, seen: SeenExchange): Promise<boolean> {
    let { outcome } = seen
    try {
      await this.#drained()
      return answered.goesOn
    } catch (error) {
      outcome = { ...outcomeOf(answered), trouble: brokenBy(error) }
      return false
    } finally {
      this.#serving.onExchange({ ...seen, endedAfter: performance.now() - start, outcome })
    }
  }

  #wait(exchange: Exchange, serve: () => Promise<boolean>): false {
    this.#waits = () => this.#reporting(exchange, serve)
    return false
  }

  async #reporting(exchange: Exchange, serve: () => Promise<boolean>): Promise<boolean> {
    try {
      return await serve()
    } catch (error) {
      exchange.trouble = brokenBy(error)
      return false
    } finally {
      this.#serving.onExchange(exchange.ended())
    }
  }

  async #serveInPieces(exchange: Exchange): Promise<boolean> {
    const { received, sent } = exchange
    const readable = await readHead(this.#source, received)
    if (readable === 'cut') return this.#cut(exchange)
    if ('refusal' in readable) return this.#refuse(exchange, readable.refusal)
    const { head } = readable
    exchange.head = head
    if (expectsContinue(head) && !('refusal' in framingOf(head.headerList))) await this.#write('HTTP/1.1 100 Continue\r\n\r\n', sent)
    this.#deadline?.within(this.#patience.body)
    const readableBody = await readBody(head, this.#source, received)
    if (readableBody === 'cut') return this.#cut(exchange)
    if ('refusal' in readableBody) return this.#refuse(exchange, readableBody.refusal)
    this.#deadline?.never()
    return this.#respond(exchange, readableBody.request, this.#serving.answer(readableBody.request))
  }

  async #respond(exchange: Exchange, request: ServedRequest, given: Answer): Promise<boolean> {
    const [answer, file] = await this.#readied(request, given)
    if (answer === 'drop' || answer.drop) {
      exchange.response = answer === 'drop' ? null : answer
      return false
    }
    const { head, sent } = exchange.answered(answer)
    if (file === null) await this.#write(answerBytes(answer), sent)
    else await this.#sendFile(answer, file, head?.version !== '1.0' && !answer.closes, sent)
    return head !== null && staysOpen(head) && endsByItself(request, answer)
  }

  /** Said at the end of the connection: what comes after a request that is none, nobody knows. */
  async #refuse(exchange: Exchange, refusal: Refusal): Promise<false> {
    exchange.trouble = refusal.reason
    const answer = refusalOf(refusal)
    await this.#write(answerBytes(answer), exchange.answered(answer).sent)
    return false
  }

  #cut(exchange: Exchange): false | Promise<false> {
    const { size } = exchange.received
    if (this.#isLate) return this.#refuse(exchange, { status: 408, reason: `The request was not there in time: ${size} bytes had come.` })
    exchange.trouble = `The client closed the connection in the middle of its request, after ${size} bytes.`
    return false
  }

  /** After its delay, and with the bytes of its file. */
  async #readied(request: ServedRequest, answer: Answer): Promise<[answer: Answer, file: AsyncIterable<Buffer> | null]> {
    if (answer === 'drop') return [answer, null]
    if (answer.delay) await pause(answer.delay, this.#socket)
    if (answer.file === undefined) return [answer, null]
    const file = (await this.#serving.openFile?.(answer.file)) ?? null
    return [file === null ? this.#serving.answer(request, { missingFile: true }) : answer, file]
  }

  async #sendFile(answer: ServedResponse, file: AsyncIterable<Buffer>, chunked: boolean, sent: WireTape): Promise<void> {
    const isCoding = (name: string) => byteCaseInsensitiveMatch(name, 'Transfer-Encoding')
    const headerList = chunked ? answer.headerList : answer.headerList.filter(([name]) => !isCoding(name))
    await this.#write(writeHead(statusLineOf(answer), headerList), sent)
    for await (const bytes of file) {
      if (chunked) await this.#write(`${bytes.length.toString(16)}\r\n`, sent)
      await this.#write(bytes, sent)
      if (chunked) await this.#write('\r\n', sent)
    }
    if (chunked) await this.#write('0\r\n\r\n', sent)
  }

  /** Waits only where the client does not keep up. */
  async #write(bytes: string | Buffer, sent: WireTape): Promise<void> {
    sent.push(bytes)
    const socket = this.#socket
    if (socket.destroyed) throw new Error(gone)
    const isTaken = typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes)
    if (!isTaken) await this.#drained()
  }

  async #drained(): Promise<void> {
    this.#isWriting = true
    this.#deadline?.within(this.#patience.answer)
    try {
      await drained(this.#socket)
    } finally {
      this.#isWriting = false
      this.#deadline?.never()
    }
  }

  #expire(): void {
    this.#isLate = true
    // There is no telling it anything: it does not read.
    if (this.#isWriting) this.#socket.destroy()
    else this.#source.expire()
  }
}

/** What becomes of one request. */
class Exchange {
  readonly received = new WireTape()
  readonly sent = new WireTape()
  head: RequestHead | null = null
  /** Also where it is never sent. */
  response: ServedResponse | null = null
  trouble: string | undefined
  readonly #number = nextExchangeNumber()
  readonly #startedAt = Date.now()
  readonly #start = performance.now()
  #answeredAfter = NaN

  answered(response: ServedResponse): this {
    this.response = response
    this.#answeredAfter = performance.now() - this.#start
    return this
  }

  ended(): SeenExchange {
    const { head, response, received, sent, trouble } = this
    return {
      number: this.#number,
      startedAt: this.#startedAt,
      answeredAfter: this.#answeredAfter,
      endedAfter: performance.now() - this.#start,
      outcome: {
        received,
        sent,
        isRequest: head !== null,
        status: Number.isNaN(this.#answeredAfter) ? null : (response?.status ?? null),
        route: response?.route ?? null,
        handled: response?.handled ?? false,
        trouble,
      },
    }
  }
}

interface Times {
  readonly startedAt: number
  /** By the clock that never goes back. */
  readonly start: number
}

function seenAfter({ startedAt, start }: Times, outcome: Outcome): SeenExchange {
  const took = performance.now() - start
  return { number: nextExchangeNumber(), startedAt, answeredAfter: took, endedAfter: took, outcome }
}

const brokenBy = (error: unknown): string => `The connection broke: ${error instanceof Error ? error.message : String(error)}.`
const gone = 'the client was gone before the whole answer was sent'

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    // It may have been told before anybody listened.
    if (!socket.writableNeedDrain && !socket.destroyed) {
      resolve()
      return
    }
    const settle = () => {
      socket.off('drain', settle)
      socket.off('close', settle)
      // Without this, a client that stops reading and goes would leave the promise open for ever.
      if (socket.destroyed) reject(new Error(gone))
      else resolve()
    }
    socket.on('drain', settle)
    socket.on('close', settle)
  })
}

const expectsContinue = ({ version, headerList }: RequestHead): boolean =>
  version !== '1.0' && byteLowercase(get(headerList, 'Expect') ?? '') === '100-continue'

/**
 * https://www.rfc-editor.org/rfc/rfc9112#name-tear-down: a connection closed while bytes come in is reset, and the reset may overtake the answer.
 * So what the client still sends is read and forgotten, for two seconds at most.
 */
export async function linger(socket: Socket, source: ByteSource): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), 2000)
  try {
    while (await source.discard());
  } finally {
    clearTimeout(timer)
  }
}
