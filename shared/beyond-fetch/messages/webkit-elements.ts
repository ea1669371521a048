import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { currentURL } from '#shared/fetch/request'
import { lastAnswer } from './facts.ts'

/** What WebKit prints of a response that is not what the element wants; undefined for other rulings. */
export function webkitTypeMessage(fetchParams: FetchParams, { step, result }: RecordedRuling): string | undefined {
  const { request } = fetchParams
  const { headerList, status } = lastAnswer(fetchParams) ?? { headerList: [], status: 0 }
  const essence = extractAMIMEType(headerList)
  const mimeType = essence === 'failure' ? '' : essence
  const url = currentURL(request).href
  switch (step) {
    case 'blocked-due-to-its-mime-type/4':
      return `Refused to execute ${url} as script because ${mimeType} is not a script MIME type.`
    case 'blocked-due-to-nosniff/4':
      return request.isModule === true
        ? noModule(mimeType)
        : `Refused to execute ${url} as script because "X-Content-Type-Options: nosniff" was given and its Content-Type is not a script MIME type.`
    case 'blocked-due-to-nosniff/5':
    case 'link-type-stylesheet/mime-type':
      return `Did not parse stylesheet at '${url}' because non CSS MIME types are not allowed in strict mode.`
    case 'fetch-a-single-module-script/mime-type':
      return noModule(mimeType)
    case 'x-frame-options/6':
    case 'x-frame-options/8':
    case 'x-frame-options/9':
      return `Refused to display '${url}' in a frame because it set 'X-Frame-Options' to '${get(headerList, 'X-Frame-Options') ?? ''}'.`
    case 'eventsource/15.3':
      return status === 200 && result === 'fail the connection'
        ? `EventSource's response has a MIME type ("${mimeType}") that is not "text/event-stream". Aborting the connection.`
        : undefined
    default:
      return undefined
  }
}

const noModule = (mimeType: string): string => `TypeError: '${mimeType}' is not a valid JavaScript MIME type.`
