import { byteLowercase } from './header-list.ts'
import { parseAMIMEType, serializeAMIMEType } from './parse-a-mime-type.ts'

const base64Ending = /; *base64$/i

/** https://fetch.spec.whatwg.org/#data-url-processor: the MIME type and what follows the comma, still encoded; null is its failure. */
export function dataURLParts(url: URL): { mimeType: string; data: string } | null {
  const input = url.href.slice('data:'.length).replace(/#.*$/s, '')
  const comma = input.indexOf(',')
  if (comma === -1) return null
  const before = input.slice(0, comma).trim()
  const given = before.replace(base64Ending, '')
  const data = input.slice(comma + 1)
  if (given !== before && !isForgivingBase64(data)) return null
  const mimeType = parseAMIMEType(given.startsWith(';') ? `text/plain${given}` : given)
  return {
    mimeType: mimeType === null ? 'text/plain;charset=US-ASCII' : byteLowercase(serializeAMIMEType(mimeType)),
    data,
  }
}

/** https://infra.spec.whatwg.org/#forgiving-base64-decode, as far as whether it fails. */
function isForgivingBase64(encoded: string): boolean {
  const text = encoded.replace(/%([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).replace(/[\t\n\f\r ]/g, '')
  const digits = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text
  return digits.length % 4 !== 1 && /^[A-Za-z0-9+/]*$/.test(digits)
}
