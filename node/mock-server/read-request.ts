import { chunkSize } from '#shared/codecs/chunked'
import { parseHead, parseRequestLine, type RequestLine } from '#shared/codecs/raw-http'
import { byteLowercase, get, type HeaderList } from '#shared/fetch/header-list'
import { echoLimit, type ServedRequest } from '#shared/policy/respond'
import type { WireTape } from '#node/wire-tape'
import type { ByteSource } from './byte-source.ts'

/** Bytes; a request beyond them is refused in so many words. */
export const limits = { head: 64 * 1024, body: 64 * 1024 * 1024 } as const

export interface RequestHead extends RequestLine {
  readonly headerList: HeaderList
}

/** Why a request is not answered as asked; `status` is what the client is told. */
export interface Refusal {
  readonly status: 400 | 413 | 431 | 501 | 505
  readonly reason: string
}

/** `cut`: the client went away in the middle. */
export type ReadHead = { head: RequestHead } | { refusal: Refusal } | 'cut'
export type ReadBody = { request: ServedRequest } | { refusal: Refusal } | 'cut'

/**
 * https://www.rfc-editor.org/rfc/rfc9112#name-message-parsing
 * Not node:http, which answers 400 to `patch` and `CHICKEN` before anyone is asked: a page would take that for the policy's answer.
 */
export async function readHead(source: ByteSource, tape: WireTape): Promise<ReadHead> {
  // A TLS client would wait for an answer before it sends a line.
  if ((await source.peek()) === 0x16) {
    await source.take(limits.head, tape)
    return refuse(400, 'This is the beginning of a TLS connection: the URL says https:, but this server speaks http: only.')
  }
  let line: RequestLine | null = null
  for (;;) {
    const bytes = await source.takeLine(limits.head - tape.size, tape)
    if (bytes === null) return 'cut'
    if (bytes === 'too long') return refuse(431, `The head of the request is longer than ${limits.head / 1024} KiB.`)
    const text = bytes.toString('latin1').replace(/\r?\n$/, '')
    if (line === null) {
      // RFC 9112, section 2.2: empty lines before the request line are left aside.
      if (text === '') continue
      line = parseRequestLine(text)
      if (line === null) return refuse(400, `This is not a request line: ${quoted(text)}.`)
      if (!line.version.startsWith('1.')) return refuse(505, `This server speaks HTTP/1.1, not HTTP/${line.version}.`)
    } else if (text === '') break
  }
  const head = tape.text()
  const { headerList, malformed } = parseHead(head, /^[\r\n]*/.exec(head)?.[0].length)
  const [first] = malformed
  if (first !== undefined) return refuse(400, `Byte ${first.offset} of the request: ${first.reason}`)
  return { head: { ...line, headerList } }
}

/** https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
export async function readBody(head: RequestHead, source: ByteSource, tape: WireTape): Promise<ReadBody> {
  const framing = framingOf(head.headerList)
  if ('refusal' in framing) return framing
  const body = new KeptBody()
  const ended = framing.chunked ? await readChunks(source, tape, body) : await readBytes(framing.length, source, tape, body)
  if (ended !== 'ended') return ended
  const { method, target, headerList } = head
  return { request: { method, target, headerList, body: body.text(), bodySize: body.size } }
}

/** What the head says of the body: refused before a byte of it is read. */
export function framingOf(headerList: HeaderList): { chunked: boolean; length: number } | { refusal: Refusal } {
  const coding = get(headerList, 'Transfer-Encoding')
  const length = get(headerList, 'Content-Length')
  if (coding !== null) {
    if (length !== null) return refuse(400, 'The request has both Content-Length and Transfer-Encoding: where it ends is anybody’s guess.')
    return byteLowercase(coding) === 'chunked'
      ? { chunked: true, length: 0 }
      : refuse(501, `The lab does not know the transfer coding ${quoted(coding)}.`)
  }
  if (length === null) return { chunked: false, length: 0 }
  if (!/^[0-9]{1,15}$/.test(length)) return refuse(400, `This is not a Content-Length: ${quoted(length)}.`)
  return Number(length) > limits.body ? tooLarge() : { chunked: false, length: Number(length) }
}

async function readBytes(length: number, source: ByteSource, tape: WireTape, body: KeptBody): Promise<'ended' | 'cut'> {
  for (let left = length; left > 0;) {
    const bytes = await source.take(left, tape)
    if (bytes === null) return 'cut'
    body.push(bytes)
    left -= bytes.length
  }
  return 'ended'
}

async function readChunks(source: ByteSource, tape: WireTape, body: KeptBody): Promise<'ended' | 'cut' | { refusal: Refusal }> {
  for (;;) {
    const line = await source.takeLine(4096, tape)
    if (line === null) return 'cut'
    const size = line === 'too long' ? null : chunkSize(line.toString('latin1').trim())
    if (size === null) return refuse(400, 'A chunk of the body does not begin with its size.')
    if (size === 0) break
    if (body.size + size > limits.body) return tooLarge()
    if ((await readBytes(size, source, tape, body)) === 'cut') return 'cut'
    const end = await source.takeLine(2, tape)
    if (end === null) return 'cut'
    if (end === 'too long' || end.toString('latin1').trim() !== '') return refuse(400, 'A chunk of the body is longer than it says.')
  }
  // The trailer section: lines, the last of them empty.
  for (let left: number = limits.head; left > 0;) {
    const line = await source.takeLine(left, tape)
    if (line === null) return 'cut'
    if (line === 'too long') break
    if (line.toString('latin1').trim() === '') return 'ended'
    left -= line.length
  }
  return refuse(431, `The trailers of the request are longer than ${limits.head / 1024} KiB.`)
}

/** The first bytes of a body, as many as an echo may give back, and the number of all. */
class KeptBody {
  #kept: Buffer[] = []
  size = 0
  push(bytes: Buffer): void {
    if (this.size < echoLimit) this.#kept.push(Buffer.from(bytes.subarray(0, echoLimit - this.size)))
    this.size += bytes.length
  }
  text(): string {
    return Buffer.concat(this.#kept).toString('latin1')
  }
}

const refuse = (status: Refusal['status'], reason: string): { refusal: Refusal } => ({ refusal: { status, reason } })
const tooLarge = () => refuse(413, `The body of the request is larger than ${limits.body / 1024 / 1024} MiB.`)
const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
