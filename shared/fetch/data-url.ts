import { byteLowercase } from './header-list.ts'
import { parseAMIMEType, serializeAMIMEType } from './parse-a-mime-type.ts'

/** https://fetch.spec.whatwg.org/#data-url-processor: the MIME type and what follows the comma, still encoded; null is its failure. */
export function dataURLParts(url: URL): { mimeType: string; data: string } | null {
  const input = url.href.slice('data:'.length).replace(/#.*$/s, '')
  const comma = input.indexOf(',')
  if (comma === -1) return null
  const given = input
    .slice(0, comma)
    .trim()
    .replace(/; *base64$/i, '')
  const mimeType = parseAMIMEType(given.startsWith(';') ? `text/plain${given}` : given)
  return {
    mimeType: mimeType === null ? 'text/plain;charset=US-ASCII' : byteLowercase(serializeAMIMEType(mimeType)),
    data: input.slice(comma + 1),
  }
}
