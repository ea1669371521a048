import type { Socket } from 'node:net'
import { writeHead } from '#shared/codecs/raw-http'
import type { WireExchange } from '#shared/contract/wire'
import { byteCaseInsensitiveMatch, byteLowercase, get } from '#shared/fetch/header-list'
import type { ServedRequest, ServedResponse, ServerMemory } from '#shared/policy/respond'
import { statusMessages } from '#shared/policy/status-messages'
import { WireTape } from '#node/wire-tape'
import { ByteSource } from './byte-source.ts'
import { usualPatience, type Deadline, type Deadlines, type Patience } from './deadlines.ts'
import { nextExchangeId } from './exchange-id.ts'
import { pause } from './pause.ts'
import { framingOf, readBody, readHead, type Refusal, type RequestHead } from './read-request.ts'

/** An answer that ends with the connection, or a connection closed without a word. */
export type Answer = ServedResponse | 'drop'

export interface ServedExchange {
  /** As far as it was understood. */
  readonly head: RequestHead | null
  /** null where the request was not one, or nothing was answered. */
  readonly response: ServedResponse | null
  /** null where no answer was sent. */
  readonly status: number | null
  readonly wire: WireExchange
}

/** What a connection is served with. */
export interface Serving {
  answer(request: ServedRequest, memory?: Pick<ServerMemory, 'missingFile'>): Answer
  onExchange(exchange: ServedExchange): void
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
    while (await connection.serveOne());
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

  /** Whether the connection may serve another. */
  async serveOne(): Promise<boolean> {
    this.#deadline?.within(this.#patience.idle)
    if (this.#source.rest.length === 0 && (await this.#source.peek()) === undefined) return false
    this.#deadline?.within(this.#patience.head)

    const startedAt = Date.now()
    const start = performance.now()
    const received = new WireTape()
    const sent = new WireTape()
    let head: RequestHead | null = null
    const said = { response: null as ServedResponse | null, after: null as number | null }
    let trouble: string | undefined

    const send = async (answer: ServedResponse, file: AsyncIterable<Buffer> | null = null): Promise<void> => {
      said.after = performance.now() - start
      said.response = answer
      const startLine = `HTTP/1.${answer.closes ? 0 : 1} ${answer.status} ${answer.statusMessage}`
      if (file === null) await this.#write(writeHead(startLine, answer.headerList) + answer.body, sent)
      else await this.#sendFile(startLine, answer, file, head?.version !== '1.0' && !answer.closes, sent)
    }
    const refuse = async (refusal: Refusal): Promise<false> => {
      trouble = refusal.reason
      await send(refusalOf(refusal))
      return false
    }
    const cut = (): false | Promise<false> => {
      if (this.#isLate) return refuse({ status: 408, reason: `The request was not there in time: ${received.size} bytes had come.` })
      trouble = `The client closed the connection in the middle of its request, after ${received.size} bytes.`
      return false
    }

    try {
      const readable = await readHead(this.#source, received)
      if (readable === 'cut') return await cut()
      if ('refusal' in readable) return await refuse(readable.refusal)
      head = readable.head
      if (expectsContinue(head) && !('refusal' in framingOf(head.headerList))) await this.#write('HTTP/1.1 100 Continue\r\n\r\n', sent)
      this.#deadline?.within(this.#patience.body)
      const readableBody = await readBody(head, this.#source, received)
      if (readableBody === 'cut') return await cut()
      if ('refusal' in readableBody) return await refuse(readableBody.refusal)
      this.#deadline?.never()

      const { request } = readableBody
      const [answer, file] = await this.#answer(request)
      if (answer === 'drop' || answer.drop) {
        said.response = answer === 'drop' ? null : answer
        return false
      }
      await send(answer, file)
      return staysOpen(head) && endsByItself(request, answer)
    } catch (error) {
      trouble = `The connection broke: ${error instanceof Error ? error.message : String(error)}.`
      return false
    } finally {
      this.#serving.onExchange({
        head,
        response: said.response,
        status: said.after === null ? null : (said.response?.status ?? null),
        wire: {
          id: nextExchangeId(),
          startedAt,
          request: received.message(),
          response: sent.size > 0 ? sent.message() : null,
          answeredAfter: said.after,
          endedAfter: performance.now() - start,
          ...(trouble === undefined ? {} : { trouble }),
        },
      })
    }
  }

  async #answer(request: ServedRequest): Promise<[answer: Answer, file: AsyncIterable<Buffer> | null]> {
    const answer = this.#serving.answer(request)
    if (answer === 'drop') return [answer, null]
    if (answer.delay) await pause(answer.delay, this.#socket)
    if (answer.file === undefined) return [answer, null]
    const file = (await this.#serving.openFile?.(answer.file)) ?? null
    return [file === null ? this.#serving.answer(request, { missingFile: true }) : answer, file]
  }

  async #sendFile(startLine: string, answer: ServedResponse, file: AsyncIterable<Buffer>, chunked: boolean, sent: WireTape): Promise<void> {
    const isCoding = (name: string) => byteCaseInsensitiveMatch(name, 'Transfer-Encoding')
    const headerList = chunked ? answer.headerList : answer.headerList.filter(([name]) => !isCoding(name))
    await this.#write(writeHead(startLine, headerList), sent)
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
    if (typeof bytes === 'string' ? socket.write(bytes, 'latin1') : socket.write(bytes)) return
    this.#isWriting = true
    this.#deadline?.within(this.#patience.answer)
    try {
      await drained(socket)
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

const gone = 'the client was gone before the whole answer was sent'

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
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

export function refusalOf({ status, reason }: Refusal): ServedResponse {
  const body = Buffer.from(`${reason}\n`).toString('latin1')
  const headerList = [
    ['Content-Type', 'text/plain;charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['Connection', 'close'],
  ] as const
  return { status, statusMessage: statusMessages[status] ?? '', headerList, body }
}

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
