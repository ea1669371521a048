import { blockedDueToItsMIMEType, blockedDueToNosniff } from '#shared/fetch/blocked-by-type'
import { extractAMIMEType, isJavaScriptMIMEType } from '#shared/fetch/extract-a-mime-type'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { isRedirect, lastAnswer, text } from './facts.ts'

/** What Firefox prints of a response's type; for scripts and nosniff it does so before it looks at CORS. */
export function firefoxTypeMessage(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const { request } = fetchParams
  const url = currentURL(request).href
  const answer = lastAnswer(fetchParams)
  if (answer?.kind !== 'request' || isRedirect(answer) || stopped.step === 'http-fetch/5') return undefined
  const { headerList } = answer
  const essence = extractAMIMEType(headerList)
  const mimeType = essence === 'failure' ? '' : essence
  const { destination } = request
  if (blockedDueToItsMIMEType(destination, headerList) !== null)
    return `Script from “${url}” was blocked because of a disallowed MIME type (“${mimeType}”).`
  const isWorker = destination === 'worker'
  if ((request.isModule === true || isWorker) && !isJavaScriptMIMEType(mimeType))
    return `Loading ${isWorker ? 'Worker' : 'module'} from “${url}” was blocked because of a disallowed MIME type (“${mimeType}”).`
  if (blockedDueToNosniff(destination, headerList) !== null)
    return `The resource from “${url}” was blocked due to MIME type (“${mimeType}”) mismatch (X-Content-Type-Options: nosniff).`
  if (stopped.step === 'link-type-stylesheet/mime-type')
    return `The stylesheet ${url} was not loaded because its MIME type, “${mimeType}”, is not “text/css”.`
  if (stopped.step.startsWith('font-face-load/')) return noFont(stopped.step, request)
  if (stopped.step.startsWith('x-frame-options/'))
    return `The loading of “${url}” in a frame is denied by “X-Frame-Options“ directive set to “${text(stopped.facts?.['option'])}“.`
  return stopped.step === 'eventsource/15.3' ? `Firefox can’t establish a connection to the server at ${url}.` : undefined
}

/** The family is the one that `new FontFace('font', …)` gives; the status is NS_ERROR_NOT_AVAILABLE. */
function noFont(step: string, { urlList }: Request): string {
  const [what, status] = step.endsWith('/status') ? ['download failed', ': status=2147746065'] : ['rejected by sanitizer', '']
  const face = '(font-family: "font" style:normal weight:400 stretch:100 src index:0)'
  return `downloadable font: ${what} ${face}${status} source: ${urlList[0]?.href ?? ''}`
}
