import type { HeaderList } from '#shared/fetch/header-list'
import { withoutEdges } from '#shared/fetch/tokens'

/** What a reader could not make sense of; `offset` counts bytes from the start of the text that was parsed. */
export interface Malformed {
  readonly offset: number
  readonly reason: string
}

/** The head of an HTTP/1.1 message as it stands on the wire; bytes are latin-1 strings. */
export interface MessageHead {
  readonly startLine: string
  readonly headerList: HeaderList
  /** Where the body begins; null where the empty line that ends the head has not come. */
  readonly bodyOffset: number | null
  /** Lines that are no header lines are named here and left out of the list; those that can be read all the same are named and kept. */
  readonly malformed: readonly Malformed[]
}

/**
 * https://www.rfc-editor.org/rfc/rfc9112#name-message-parsing, tolerantly: what is there is shown, and what is wrong with it is said.
 * @param from where the message begins, in bytes.
 */
export function parseHead(bytes: string, from = 0): MessageHead {
  const headerList: [string, string][] = []
  const malformed: Malformed[] = []
  let startLine: string | null = null
  // Lines end with CRLF; a lone LF is taken for one, as every receiver does. The last line may lack its end.
  for (let offset = from; offset < bytes.length;) {
    const feed = bytes.indexOf('\n', offset)
    const next = feed === -1 ? bytes.length : feed + 1
    const end = feed === -1 ? next : feed > offset && bytes[feed - 1] === '\r' ? feed - 1 : feed
    const text = bytes.slice(offset, end)
    if (startLine === null) startLine = text
    else if (text === '') return { startLine, headerList, bodyOffset: next, malformed }
    else readHeaderLine(text, offset, headerList, malformed)
    offset = next
  }
  return { startLine: startLine ?? '', headerList, bodyOffset: null, malformed }
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const trimmed = (value: string): string => withoutEdges(value, ' \t')

function readHeaderLine(text: string, offset: number, headerList: [string, string][], malformed: Malformed[]): void {
  const last = headerList.at(-1)
  if (last !== undefined && (text.startsWith(' ') || text.startsWith('\t'))) {
    malformed.push({ offset, reason: 'A header line that continues the one before: obsolete, and a way to smuggle.' })
    last[1] = trimmed(`${last[1]} ${trimmed(text)}`)
    return
  }
  const colon = text.indexOf(':')
  const name = trimmed(text.slice(0, Math.max(colon, 0)))
  if (!token.test(name)) {
    malformed.push({ offset, reason: colon === -1 ? 'A header line without a colon.' : 'A header name that is not a token.' })
    return
  }
  if (name.length !== colon) malformed.push({ offset, reason: 'White space around a header name.' })
  headerList.push([name, trimmed(text.slice(colon + 1))])
}

export interface RequestLine {
  readonly method: string
  readonly target: string
  readonly version: string
}

/** null where the line is none. Any token is a method; anything without white space is a target. */
export function parseRequestLine(startLine: string): RequestLine | null {
  const [, method, target, version] = /^([^\s]+) ([^\s]+) HTTP\/([0-9]\.[0-9])$/.exec(startLine) ?? []
  return method === undefined || target === undefined || version === undefined || !token.test(method) ? null : { method, target, version }
}

export interface StatusLine {
  readonly version: string
  readonly status: number
  readonly statusMessage: string
}

/** null where the line is none. The reason phrase may be missing, together with the space before it. */
export function parseStatusLine(startLine: string): StatusLine | null {
  const [, version, status, statusMessage = ''] = /^HTTP\/([0-9]\.[0-9]) ([0-9]{3})(?: (.*))?$/.exec(startLine) ?? []
  return version === undefined || status === undefined ? null : { version, status: Number(status), statusMessage }
}

/** The bytes of a head, its empty line included. */
export const writeHead = (startLine: string, headerList: HeaderList): string =>
  `${startLine}\r\n${headerList.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
