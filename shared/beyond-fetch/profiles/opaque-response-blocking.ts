import { parseJavaScript } from '#parse-javascript'
import { determineNosniff } from '#shared/fetch/blocked-by-type'
import { extractAMIMEType, isJavaScriptMIMEType } from '#shared/fetch/extract-a-mime-type'
import { get } from '#shared/fetch/header-list'
import { sniffedImageType } from '#shared/fetch/image-type'
import { isOkStatus } from '#shared/fetch/response'
import type { ActualResponse } from '#shared/fetch/response'
import type { Ruling } from '#shared/fetch/ruling'

/**
 * https://github.com/annevk/orb, as two browsers have it. It keeps from the process of a page what no image, script or style sheet can be.
 * Both look at the type first, and agree on what it rules out; then at the body, each in its own way.
 */
type OpaqueResponseBlocking = (response: ActualResponse) => Ruling | null

/** What a body is not looked at for: documents, archives and data that no element shows. */
const neverSniffed = new RegExp(
  '^(?:text/(?:csv|event-stream)|multipart/(?:byteranges|signed)|application/(?:' +
    [
      ...['gzip', 'x-gzip', 'zip', 'pdf', 'x-protobuf', 'x-protobuffer', 'msexcel', 'mspowerpoint', 'msword', 'msword-template'],
      'vnd\\.ces-quick(?:point|sheet|word)',
      ...['vnd\\.ms-excel', 'vnd\\.ms-excel\\.sheet\\.macroenabled\\.12'],
      ...['vnd\\.ms-powerpoint', 'vnd\\.ms-powerpoint\\.presentation\\.macroenabled\\.12'],
      ...['vnd\\.ms-word', 'vnd\\.ms-word\\.document\\.12', 'vnd\\.ms-word\\.document\\.macroenabled\\.12', 'vnd\\.msword'],
      'vnd\\.openxmlformats-officedocument\\.(?:presentationml\\.(?:presentation|template)|spreadsheetml\\.(?:sheet|template))',
      'vnd\\.openxmlformats-officedocument\\.wordprocessingml\\.(?:document|template)',
      'vnd\\.(?:presentation-openxmlm?|spreadsheet-openxml|wordprocessing-openxml)',
    ].join('|') +
    '))$',
)

/** Style sheets, SVG images, and what plays video in pieces. */
const safelisted = /^(?:text\/(?:css|vtt)|image\/svg\+xml|application\/(?:dash\+xml|vnd\.apple\.mpegurl)|audio\/mpegurl)$/

const isBlocklisted = (mimeType: string): boolean =>
  mimeType === 'text/html' || /^(?:text|application)\/(?:json|xml)$|\+(?:json|xml)$/.test(mimeType)

/** Enough for every signature. */
const beginning = (body: string): string => body.slice(0, 1024)

const blocked = (reason: string, facts: { mimeType: string; status: number }): Ruling => ({
  step: `opaque-response-blocking/${reason}`,
  result: 'blocked',
  facts,
})

/** Chromium lets pass what does not begin as HTML, XML or JSON. A body that nobody knows is taken for none of these. */
export const blocksMarkupAndData: OpaqueResponseBlocking = ({ headerList, status, body = '' }) => {
  const mimeType = extractAMIMEType(headerList)
  const facts = { mimeType, status }
  if (/^(?:audio|video)\/|^application\/ogg$/.test(mimeType) || safelisted.test(mimeType)) return null
  if (neverSniffed.test(mimeType)) return blocked('never-sniffed', facts)
  if (determineNosniff(headerList) && (isBlocklisted(mimeType) || mimeType === 'text/plain')) return blocked('nosniff', facts)
  if (status === 206 && /^bytes [1-9]/i.test(get(headerList, 'Content-Range') ?? '')) return blocked('range', facts)
  if (mimeType === 'failure' || sniffedImageType(body) !== undefined) return null
  const text = beginning(body)
  if (isMarkup(text)) return blocked('markup', facts)
  return /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:/.test(text) || /^(?:\)\]\}'|\{\}&&|while\(1\);|for\(;;\);)/.test(text)
    ? blocked('data', facts)
    : null
}

/** A comment is both HTML and JavaScript, to the end of its line. */
function isMarkup(text: string): boolean {
  const rest = text.replace(/^(?:\uFEFF|ï»¿)/, '').replace(/^(?:\s*<!--[^]*?-->.*)*\s*/, '')
  return /^<(?:!doctype html|script|html|head|iframe|h1|div|font|table|a|style|title|body|br|b|p|\?xml)/i.test(rest)
}

/** Firefox lets pass what is JavaScript and not JSON. A body that nobody knows is taken for a script. */
export const blocksWhatIsNoScript: OpaqueResponseBlocking = ({ headerList, status, body = '' }) => {
  const mimeType = extractAMIMEType(headerList)
  const facts = { mimeType, status }
  if (safelisted.test(mimeType) || isJavaScriptMIMEType(mimeType)) return null
  if (neverSniffed.test(mimeType)) return blocked('never-sniffed', facts)
  if (determineNosniff(headerList)) {
    if (mimeType === 'text/plain') return null
    if (isBlocklisted(mimeType)) return blocked('nosniff', facts)
  }
  if (status === 206 && !/^bytes 0-/i.test(get(headerList, 'Content-Range') ?? '')) return blocked('range', facts)
  if (sniffedImageType(body) !== undefined) return null
  if (!isOkStatus(status)) return blocked('status', facts)
  if (mimeType === 'failure') return null
  if (/^(?:audio|image|video)\//.test(mimeType)) return blocked('media', facts)
  return isNoScript(body) ? blocked('no-script', facts) : null
}

const isNoScript = (body: string): boolean => parseJavaScript(body, 'script') === 'SyntaxError' || isJSON(body)

function isJSON(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}
