import { dechunk } from '#shared/codecs/chunked'
import { parseHead, writeHead } from '#shared/codecs/raw-http'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { PredictedExchange } from './prediction.ts'

/** A line of a head as it went over the wire; `name` is null where it is no header line. */
export interface HeadLine {
  readonly text: string
  readonly name: string | null
  /** Whether the header is one of the CORS protocol. */
  readonly isCORS: boolean
}

export interface MessageText {
  readonly head: readonly HeadLine[]
  /** Decoded for reading; null where there is none. */
  readonly body: { readonly text: string; readonly isText: boolean; readonly size: number } | null
}

const corsHeader = /^(?:access-control-.+|origin|vary|cross-origin-resource-policy)$/

export const isCORSHeader = (name: string): boolean => corsHeader.test(byteLowercase(name))

/**
 * The bytes of a message for the eye: every line of its head as it stands, its body decoded.
 * @param bytes latin-1; may end anywhere.
 */
export function messageText(bytes: string): MessageText {
  const { headerList, bodyOffset } = parseHead(bytes)
  const lines = bytes.slice(0, bodyOffset ?? bytes.length).split(/\r?\n/)
  while (lines.at(-1) === '') lines.pop()
  return { head: lines.map(headLine), body: bodyOffset === null ? null : bodyText(bytes.slice(bodyOffset), headerList) }
}

function headLine(text: string, at: number): HeadLine {
  const colon = text.indexOf(':')
  const name = at === 0 || colon < 1 ? null : text.slice(0, colon)
  return { text, name, isCORS: name !== null && isCORSHeader(name) }
}

function bodyText(bytes: string, headerList: Parameters<typeof get>[0]): MessageText['body'] {
  if (bytes === '') return null
  const chunked = byteLowercase(get(headerList, 'Transfer-Encoding') ?? '').includes('chunked')
  const body = chunked ? dechunk(bytes).body : bytes
  const encoded = !['', 'identity'].includes(byteLowercase(get(headerList, 'Content-Encoding') ?? ''))
  const text = encoded ? null : decoded(body)
  return { text: text ?? hexDump(body), isText: text !== null, size: body.length }
}

/** As UTF-8 where it is that, else as latin-1; null for bytes that are no text. A character that is cut off at the end is left out. */
function decoded(bytes: string): string | null {
  // eslint-disable-next-line no-control-regex -- NUL and its kin are what tells bytes from text
  if (/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(bytes)) return null
  const octets = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))
  for (const cut of [0, 1, 2, 3]) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(octets.subarray(0, octets.length - cut))
    } catch {
      continue
    }
  }
  return bytes
}

/** Sixteen bytes a line: offset, hexadecimal, and the letters among them. */
export function hexDump(bytes: string): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16)
    const hex = Array.from(row, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(' ')
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${row.replace(/[^\x20-\x7e]/g, '.')}`)
  }
  return lines.join('\n')
}

/** The bytes that a predicted request would be, but for what the transport adds. */
export function requestBytes({ method, url, headerList, body }: PredictedExchange): string {
  const { pathname, search, host } = new URL(url)
  return `${writeHead(`${method} ${pathname}${search} HTTP/1.1`, [['Host', host], ...headerList])}${body ?? ''}`
}

/** The bytes of the answer that a prediction reckons with; null where there is none. */
export function answerBytes({ answer }: PredictedExchange): string | null {
  if (answer.type !== 'response') return null
  return `${writeHead(`HTTP/1.1 ${`${answer.status} ${answer.statusMessage ?? ''}`.trim()}`, answer.headerList)}${answer.body ?? ''}`
}
