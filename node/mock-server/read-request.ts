import { chunkSize } from '#shared/codecs/chunked'
import { parseHead, parseRequestLine, type RequestLine } from '#shared/codecs/raw-http'
import { byteCaseInsensitiveMatch, byteLowercase, contains, get, type HeaderList } from '#shared/fetch/header-list'
import type { Refusal } from '#shared/policy/refusal'
import { echoLimit, type ServedRequest } from '#shared/policy/respond'
import { ByteStore } from '#node/byte-store'
import type { WireTape } from '#node/wire-tape'
import type { ByteSource } from './byte-source.ts'
import { staysOpen } from './persistence.ts'

/** Bytes; a request beyond them is refused in so many words. */
export const limits = { head: 64 * 1024, body: 64 * 1024 * 1024 } as const

export interface RequestHead extends RequestLine {
  readonly headerList: HeaderList
}

/** `cut`: the client went away in the middle. */
export type ReadHead = { head: RequestHead } | { refusal: Refusal } | 'cut'
export type ReadBody = { request: ServedRequest } | { refusal: Refusal } | 'cut'

/**
 * https://www.rfc-editor.org/rfc/rfc9112#name-message-parsing
 * Not node:http, which answers 400 to `patch` and `CHICKEN` before anyone is asked: a page would take that for the policy's answer.
 */
export async function readHead(source: ByteSource, tape: WireTape): Promise<ReadHead> {
  const whole = wholeHead(source.rest)
  if (whole !== null) {
    source.skip(whole.length)
    tape.push(whole)
    return judge(whole)
  }
  // A TLS client would wait for an answer before it sends a line.
  if ((await source.more()) && source.rest[0] === 0x16) {
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
      // Said at once: who sends no HTTP may wait for ever before the next line.
      const judged = judgeLine(text)
      if ('refusal' in judged) return judged
      line = judged
    } else if (text === '') return judge(tape.text())
  }
}

/** A head that has come in one piece, as nearly all do; null for all others. */
function wholeHead(rest: Buffer): string | null {
  const end = rest.indexOf('\r\n\r\n')
  if (end <= 0 || end + 4 > limits.head) return null
  const text = rest.toString('latin1', 0, end + 4)
  return isWholeHead(text) ? text : null
}

/** A request that has come whole, and ends with its head. */
export interface WholeRequest {
  /** Bytes. */
  readonly size: number
  readonly request: ServedRequest
  readonly version: string
  /** Whether the client leaves the connection open. */
  readonly staysOpen: boolean
}

/** The request that comes first; null where there is more to it than a head, and where that has not come or cannot be read. */
export function wholeRequest(rest: Buffer): WholeRequest | null {
  const text = wholeHead(rest)
  if (text === null) return null
  const read = judge(text)
  if ('refusal' in read || !endsWithHead(read.head)) return null
  return { size: text.length, request: withoutBody(read.head), version: read.head.version, staysOpen: staysOpen(read.head) }
}

/** Bytes of a request line that is looked at by itself. */
const usualLine = 4 * 1024

/** The request line that comes first, and its bytes with its end; null for one that is long, or none. */
export function firstLine(rest: Buffer): (RequestLine & { size: number }) | null {
  const feed = rest.indexOf(0x0a)
  if (feed < 1 || feed > usualLine || rest[feed - 1] !== 0x0d) return null
  const text = rest.toString('latin1', 0, feed - 1)
  const line = text.includes('\0') ? null : parseRequestLine(text)
  return line && { ...line, size: feed + 1 }
}

/** Empty lines may come first; and another end of the head may come before, made of lone LFs. */
const isWholeHead = (text: string): boolean =>
  !'\r\n\x16'.includes(text.charAt(0)) && text.indexOf('\n\r\n') === text.length - 3 && !text.includes('\n\n')

function judgeLine(text: string): RequestLine | { refusal: Refusal } {
  const line = parseRequestLine(text)
  if (line === null) return refuse(400, `This is not a request line: ${quoted(text)}.`)
  return line.version.startsWith('1.') ? line : refuse(505, `This server speaks HTTP/1.1, not HTTP/${line.version}.`)
}

function judge(text: string): Exclude<ReadHead, 'cut'> {
  const { startLine, headerList, malformed } = parseHead(text, text.search(/[^\r\n]/))
  const line = judgeLine(startLine)
  if ('refusal' in line) return line
  const [first] = malformed
  if (first !== undefined) return refuse(400, `Byte ${first.offset} of the request: ${first.reason}`)
  const control = text.search(/\0|\r(?!\n)/)
  if (control !== -1)
    return refuse(400, `Byte ${control} of the request: A ${text[control] === '\0' ? 'NUL' : 'CR without LF'} in the head.`)
  let hosts = 0
  for (const [name] of headerList) if (byteCaseInsensitiveMatch(name, 'Host')) hosts++
  // RFC 9112, section 3.2
  if (hosts > 1 || (hosts === 0 && line.version !== '1.0'))
    return refuse(400, hosts === 0 ? 'The request has no Host.' : 'The request has more than one Host.')
  const { method, target, version } = line
  return { head: { method, target, version, headerList } }
}

/** https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
export async function readBody(head: RequestHead, source: ByteSource, tape: WireTape): Promise<ReadBody> {
  const framing = framingOf(head.headerList)
  if ('refusal' in framing) return framing
  if (!framing.chunked && framing.length === 0) return { request: withoutBody(head) }
  const body = new ByteStore(echoLimit)
  const ended = framing.chunked ? await readChunks(source, tape, body) : await readBytes(framing.length, source, tape, body)
  if (ended !== 'ended') return ended
  const { method, target, headerList } = head
  return { request: { method, target, headerList, body: body.text(), bodySize: body.size } }
}

/** Whether nothing is to be read or said after the head before the answer. */
const endsWithHead = ({ headerList }: RequestHead): boolean =>
  !contains(headerList, 'Content-Length') && !contains(headerList, 'Transfer-Encoding') && !contains(headerList, 'Expect')

const withoutBody = ({ method, target, headerList }: RequestHead): ServedRequest => ({
  method,
  target,
  headerList,
  body: '',
  bodySize: 0,
})

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

async function readBytes(length: number, source: ByteSource, tape: WireTape, body: ByteStore): Promise<'ended' | 'cut'> {
  for (let left = length; left > 0;) {
    const bytes = await source.take(left, tape)
    if (bytes === null) return 'cut'
    body.push(bytes)
    left -= bytes.length
  }
  return 'ended'
}

async function readChunks(source: ByteSource, tape: WireTape, body: ByteStore): Promise<'ended' | 'cut' | { refusal: Refusal }> {
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

const refuse = (status: Refusal['status'], reason: string): { refusal: Refusal } => ({ refusal: { status, reason } })
const tooLarge = () => refuse(413, `The body of the request is larger than ${limits.body / 1024 / 1024} MiB.`)
const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
