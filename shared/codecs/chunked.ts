import type { Malformed } from './raw-http.ts'

export interface Dechunked {
  /** The chunks' data, as far as it was there. */
  readonly body: string
  /** Whether the last chunk and its trailer came. */
  readonly ended: boolean
  readonly malformed: Malformed | null
}

/**
 * https://www.rfc-editor.org/rfc/rfc9112#name-decoding-the-chunked-transf, for display; trailers are left out.
 * @param bytes latin-1; may end anywhere.
 */
export function dechunk(bytes: string): Dechunked {
  let body = ''
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at)
    if (end === -1) return { body, ended: false, malformed: null }
    const size = chunkSize(bytes.slice(at, end))
    if (size === null) return { body, ended: false, malformed: { offset: at, reason: 'This is not the size of a chunk.' } }
    if (size === 0) return { body, ended: bytes.startsWith('\r\n', end + 2) || bytes.includes('\r\n\r\n', end + 2), malformed: null }
    body += bytes.slice(end + 2, end + 2 + size)
    at = end + 2 + size + 2
    if (bytes.length >= at && bytes.slice(at - 2, at) !== '\r\n') {
      return { body, ended: false, malformed: { offset: at - 2, reason: 'The chunk is longer than it says.' } }
    }
  }
}

/** In bytes; null where the line does not begin with a hexadecimal number. Extensions are left aside. */
export function chunkSize(line: string): number | null {
  const [, digits] = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line) ?? []
  return digits === undefined ? null : Number.parseInt(digits, 16)
}
