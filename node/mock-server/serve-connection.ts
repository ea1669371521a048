import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { writeHead } from '#shared/codecs/raw-http'
import type { WireExchange } from '#shared/contract/wire'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { ServedRequest, ServedResponse } from '#shared/policy/respond'
import { statusMessages } from '#shared/policy/status-messages'
import { WireTape } from '#node/wire-tape'
import { ByteSource } from './byte-source.ts'
import { framingOf, readBody, readHead, type Refusal, type RequestHead } from './read-request.ts'

/** An answer that ends with the connection, or a connection closed without a word. */
export type Answer = ServedResponse | 'drop'

export interface ServedExchange {
  /** As far as it was understood. */
  readonly head: RequestHead | null
  /** null where no answer was sent. */
  readonly status: number | null
  readonly wire: WireExchange
}

/**
 * Reads requests from a connection, one after another, and answers each before it reads the next, until either side closes.
 * Never rejects: whatever a client does, the server lives on.
 */
export async function serveConnection(
  socket: Socket,
  answer: (request: ServedRequest) => Answer,
  onExchange: (exchange: ServedExchange) => void,
): Promise<void> {
  const source = new ByteSource(socket)
  try {
    while ((await source.peek()) !== undefined && (await serveOne(socket, source, answer, onExchange)));
    socket.end()
    await linger(socket, source)
  } catch {
    // The connection broke; what had come of an exchange was reported by then.
  } finally {
    socket.destroy()
  }
}

/** Whether the connection may serve another. */
async function serveOne(
  socket: Socket,
  source: ByteSource,
  answer: (request: ServedRequest) => Answer,
  onExchange: (exchange: ServedExchange) => void,
): Promise<boolean> {
  const id = randomUUID()
  const startedAt = Date.now()
  const start = performance.now()
  const received = new WireTape()
  const sent = new WireTape()
  let head: RequestHead | null = null
  let status: number | null = null
  let answeredAfter: number | null = null
  let trouble: string | undefined

  try {
    const readable = await readHead(source, received)
    if (readable === 'cut') return cut()
    if ('refusal' in readable) return await refuse(readable.refusal)
    head = readable.head
    if (expectsContinue(head) && !('refusal' in framingOf(head.headerList))) await write(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'))
    const readableBody = await readBody(head, source, received)
    if (readableBody === 'cut') return cut()
    if ('refusal' in readableBody) return await refuse(readableBody.refusal)
    const response = answer(readableBody.request)
    if (response === 'drop') return false
    return await send(response, staysOpen(head) && endsByItself(readableBody.request, response))
  } catch (error) {
    trouble = `The connection broke: ${error instanceof Error ? error.message : String(error)}.`
    return false
  } finally {
    onExchange({
      head,
      status,
      wire: {
        id,
        startedAt,
        request: received.message(),
        response: sent.size > 0 ? sent.message() : null,
        answeredAfter,
        endedAfter: performance.now() - start,
        ...(trouble === undefined ? {} : { trouble }),
      },
    })
  }

  function cut(): false {
    trouble = `The client closed the connection in the middle of its request, after ${received.size} bytes.`
    return false
  }

  async function refuse(refusal: Refusal): Promise<false> {
    trouble = refusal.reason
    await send(refusalOf(refusal), false)
    return false
  }

  async function send(response: ServedResponse, staysOpen: boolean): Promise<boolean> {
    status = response.status
    answeredAfter = performance.now() - start
    const startLine = `HTTP/1.1 ${response.status} ${response.statusMessage}`
    await write(Buffer.from(writeHead(startLine, response.headerList) + response.body, 'latin1'))
    return staysOpen
  }

  function write(bytes: Buffer): Promise<void> {
    sent.push(bytes)
    return new Promise((resolve, reject) => {
      const failed = () => reject(new Error('the client was gone before the whole answer was sent'))
      // Without this, a client that stops reading and goes would leave the promise open for ever.
      socket.once('close', failed)
      socket.write(bytes, (error) => {
        socket.off('close', failed)
        if (error) failed()
        else resolve()
      })
    })
  }
}

const expectsContinue = ({ version, headerList }: RequestHead): boolean =>
  version !== '1.0' && byteLowercase(get(headerList, 'Expect') ?? '') === '100-continue'

/** https://www.rfc-editor.org/rfc/rfc9112#name-persistence */
export const staysOpen = ({ version, headerList }: RequestHead): boolean =>
  version !== '1.0' && !/(^|,)[ \t]*close[ \t]*(,|$)/i.test(get(headerList, 'Connection') ?? '')

/** Whether the client can tell where this answer ends without the connection's end: https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
export const endsByItself = ({ method }: ServedRequest, { status, headerList, body }: ServedResponse): boolean =>
  method === 'HEAD' || status === 204 || status === 304 || get(headerList, 'Content-Length') === String(body.length)

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
