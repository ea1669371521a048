import { utf8Encode } from '#shared/fetch/byte-strings'
import { byteLowercase, contains, type Header, type HeaderList } from '#shared/fetch/header-list'
import { normalizeHeaderValue } from '#shared/fetch/tokens'

/** A header line as a receiver gets it: a name that is no token cannot be sent, and neither can line breaks or bytes that are none. */
export function asOnTheWire([name, value]: Header): Header[] {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || transportHeaders.has(byteLowercase(name))) return []
  if (/^[!-~](?:[ -~]*[!-~])?$/.test(value)) return [[name, value]]
  const bytes = /[^\0-\xff]/.test(value) ? utf8Encode(value) : value
  // These three are what RFC 9110, section 5.5, forbids in a value.
  return [[name, normalizeHeaderValue(bytes.replace(/[\0\r\n]/g, ' '))]]
}

/** Where a message ends is for the transport to say: a header line that says otherwise would garble this answer and those after it. */
const transportHeaders = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The header lines of a response's own, ready for the wire. */
export const ownHeaders = (headers: HeaderList, contentType?: string): HeaderList => [
  ...(contentType === undefined || contains(headers, 'Content-Type') ? [] : [['Content-Type', contentType] as const]),
  ...headers.flatMap(asOnTheWire),
]

/** RFC 9110: 204 and 304 have no body and say no length; a 205 has an empty one. */
export const hasNoBody = (status: number): boolean => status === 204 || status === 304
