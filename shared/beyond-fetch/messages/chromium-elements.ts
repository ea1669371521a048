import { determineNosniff } from '#shared/fetch/blocked-by-type'
import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { parseAMIMEType } from '#shared/fetch/parse-a-mime-type'
import { get } from '#shared/fetch/header-list'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { isOkStatus } from '#shared/fetch/response'
import { lastAnswer, text } from './facts.ts'

/** What Chromium calls what was requested: blink::Resource::ResourceTypeToString. */
export function calledByChromium({ initiatorType, destination }: Request): string {
  switch (initiatorType) {
    case 'fetch':
      return 'fetch'
    case 'xmlhttprequest':
      return 'XMLHttpRequest'
    case 'link':
      return 'link element resource'
    default:
      return {
        image: 'image',
        script: 'script',
        style: 'CSS stylesheet',
        font: 'font',
        '': 'resource',
        iframe: 'resource',
        worker: 'script',
      }[destination]
  }
}

/** What Chromium prints of a response whose type is not what the element wants; undefined for other rulings. */
export function chromiumTypeMessage(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const { request } = fetchParams
  const { step } = stopped
  const { headerList, status } = lastAnswer(fetchParams) ?? { headerList: [], status: 0 }
  const essence = extractAMIMEType(headerList)
  const mimeType = essence === 'failure' ? '' : essence
  // Of a module and a worker, the status is looked at first.
  if ((request.isModule === true || request.destination === 'worker') && !isOkStatus(status)) return undefined
  switch (step) {
    case 'blocked-due-to-its-mime-type/4':
    case 'blocked-due-to-nosniff/4':
      return request.isModule === true
        ? notAModule(mimeType)
        : `Refused to execute script from '${currentURL(request).href}' because its MIME type ('${mimeType}') is not executable${determineNosniff(headerList) ? ', and strict MIME type checking is enabled' : ''}.`
    case 'blocked-due-to-nosniff/5':
      return `Refused to apply style from '${currentURL(request).href}' because its MIME type ('${mimeType}') is not a supported stylesheet MIME type, and strict MIME checking is enabled.`
    case 'fetch-a-single-module-script/mime-type':
      return notAModule(mimeType)
    case 'x-frame-options/6':
    case 'x-frame-options/8':
    case 'x-frame-options/9':
      return `Refused to display '${currentURL(request).origin}/' in a frame because it set 'X-Frame-Options' to '${text(stopped.facts?.['option'])}'.`
    case 'font-face-load/decode':
      return `Failed to decode downloaded font: ${request.urlList[0]?.href ?? ''}`
    case 'eventsource/15.3':
      return status === 200 ? notAnEventStream(mimeType || 'text/plain', get(headerList, 'Content-Type') ?? '') : undefined
    default:
      return undefined
  }
}

const notAModule = (mimeType: string): string =>
  `Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "${mimeType}". Strict MIME type checking is enforced for module scripts per HTML spec.`

const notAnEventStream = (mimeType: string, contentType: string): string =>
  mimeType === 'text/event-stream'
    ? `EventSource's response has a charset ("${parseAMIMEType(contentType)?.parameters.get('charset') ?? ''}") that is not UTF-8. Aborting the connection.`
    : `EventSource's response has a MIME type ("${mimeType}") that is not "text/event-stream". Aborting the connection.`
