import type { Socket } from 'node:net'
import { writeHead } from '#shared/codecs/raw-http'
import { byteCaseInsensitiveMatch, byteLowercase, get } from '#shared/fetch/header-list'
import { refusalOf, type Refusal } from '#shared/policy/refusal'
import type { ServedRequest, ServedResponse, ServerMemory } from '#shared/policy/respond'
import { WireTape } from '#node/wire-tape'
import { ByteSource } from './byte-source.ts'
import { usualPatience, type Deadline, type Deadlines, type Patience } from './deadlines.ts'
import { nextExchangeNumber } from './exchange-id.ts'
import type { KnownRequests } from './known-requests.ts'
import { pause } from './pause.ts'
import {
  endsWithHead,
  firstPiece,
  framingOf,
  readBody,
  readHead,
  readHeadAtOnce,
  withoutBody,
  type ReadHead,
  type RequestHead,
} from './read-request.ts'
import { wholeText, type Outcome, type SeenExchange } from './seen-exchange.ts'

/** An answer that ends with the connection, or a connection closed without a word. */
export type Answer = ServedResponse | 'drop'

/** What a connection is served with. */
export interface Serving {
  answer(request: ServedRequest, memory?: Pick<ServerMemory, 'missingFile'>): Answer
  onExchange(exchange: SeenExchange): void
  /** Where answers are kept that depend on the request alone; null where they do not. */
  known?(): KnownRequests | null
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
    const source = this.#source
    let isCorked = false
    try {
      for (;;) {
        const text = firstPiece(source)
        if (text !== null && !isCorked && text.length < source.rest.length) {
          this.#socket.cork()
          isCorked = true
        }
        if (!(this.#serveAgain(text) ?? this.#serveNext(text))) return false
        if (source.rest.length === 0) break
      }
    } finally {
      if (isCorked) this.#socket.uncork()
    }
    this.#deadline?.within(this.#patience.idle)
    return true
  }

  /** Whether the connection may serve another; undefined where this request has not come before, or its answer is too much for the client now. */
  #serveAgain(head: string | null): boolean | undefined {
    const known = head === null ? undefined : this.#serving.known?.()?.get(head)
    const socket = this.#socket
    if (known === undefined || socket.destroyed || socket.writableLength + known.answer.length >= socket.writableHighWaterMark)
      return undefined
    const startedAt = Date.now()
    const start = performance.now()
    this.#source.skip(known.outcome.received.size)
    socket.write(known.answer, 'latin1')
    const took = performance.now() - start
    this.#serving.onExchange({
      number: nextExchangeNumber(),
      startedAt,
      answeredAfter: took,
      endedAfter: took,
      outcome: known.outcome,
    })
    return known.goesOn
  }

  /** Whether another request can be served at once; where not, `waits` is what there is to wait for before it. */
  #serveNext(text: string | null): boolean {
    const exchange = new Exchange()
    this.#deadline?.within(this.#patience.head)
    const readable = readHeadAtOnce(this.#source, exchange.received, text)
    if (readable === null || 'refusal' in readable || !endsWithHead(readable.head))
      return this.#wait(exchange, () => this.#serveInPieces(exchange, readable))
    exchange.head = readable.head
    this.#deadline?.never()
    const request = withoutBody(readable.head)
    const answer = this.#serving.answer(request)
    if (answer === 'drop' || answer.drop || answer.delay || answer.file !== undefined || this.#socket.destroyed)
      return this.#wait(exchange, () => this.#respond(exchange, request, answer))
    const whole = wholeOf(answer)
    const isTaken = this.#put(whole, exchange.answered(answer).sent)
    const goesOn = staysOpen(readable.head) && endsByItself(request, answer)
    if (!isTaken)
      return this.#wait(exchange, async () => {
        await this.#drained()
        return goesOn
      })
    const seen = exchange.ended()
    this.#serving.onExchange(seen)
    const known = this.#serving.known?.() ?? null
    if (text !== null && known?.comesAgain(text)) known.keep(text, { answer: whole, goesOn, outcome: inCommon(seen.outcome, text, whole) })
    return goesOn
  }

  #wait(exchange: Exchange, serve: () => Promise<boolean>): false {
    this.#waits = () => this.#reporting(exchange, serve)
    return false
  }

  async #reporting(exchange: Exchange, serve: () => Promise<boolean>): Promise<boolean> {
    try {
      return await serve()
    } catch (error) {
      exchange.trouble = `The connection broke: ${error instanceof Error ? error.message : String(error)}.`
      return false
    } finally {
      this.#serving.onExchange(exchange.ended())
    }
  }

  /** @param readable where the head has been read already. */
  async #serveInPieces(exchange: Exchange, readable: ReadHead | null): Promise<boolean> {
    const { received, sent } = exchange
    readable ??= await readHead(this.#source, received)
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
    if (file === null) await this.#write(wholeOf(answer), sent)
    else await this.#sendFile(answer, file, head?.version !== '1.0' && !answer.closes, sent)
    return head !== null && staysOpen(head) && endsByItself(request, answer)
  }

  /** Said at the end of the connection: what comes after a request that is none, nobody knows. */
  async #refuse(exchange: Exchange, refusal: Refusal): Promise<false> {
    exchange.trouble = refusal.reason
    const answer = refusalOf(refusal)
    await this.#write(wholeOf(answer), exchange.answered(answer).sent)
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
    if (!this.#put(bytes, sent)) await this.#drained()
  }

  /** Whether the socket would take more. */
  #put(bytes: string | Buffer, sent: WireTape): boolean {
    sent.push(bytes)
    const socket = this.#socket
    if (socket.destroyed) throw new Error(gone)
    return typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes)
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

/** What all exchanges have that say the same. */
const inCommon = (outcome: Outcome, received: string, sent: string): Outcome => ({
  ...outcome,
  received: wholeText(received),
  sent: wholeText(sent),
  isShared: true,
})

const statusLineOf = ({ status, statusMessage, closes }: ServedResponse): string => `HTTP/1.${closes ? 0 : 1} ${status} ${statusMessage}`
const wholeOf = (answer: ServedResponse): string => writeHead(statusLineOf(answer), answer.headerList) + answer.body

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

/** https://www.rfc-editor.org/rfc/rfc9112#name-persistence */
export const staysOpen = ({ version, headerList }: RequestHead): boolean =>
  version !== '1.0' && !/(^|,)[ \t]*close[ \t]*(,|$)/i.test(get(headerList, 'Connection') ?? '')

/** Whether the client can tell where this answer ends without the connection's end: https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
export const endsByItself = ({ method }: ServedRequest, { status, headerList, body, file, closes }: ServedResponse): boolean =>
  closes === undefined &&
  (method === 'HEAD' || status === 204 || status === 304 || file !== undefined || get(headerList, 'Content-Length') === String(body.length))

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
