import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import { rule } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { isSameOrigin } from '#shared/fetch/origin'
import { currentURL } from '#shared/fetch/request'
import { endingOfError, isNullBodyStatus, load, unsafeResponse } from './ending.ts'
import type { Ending, EndingSteps } from './ending.ts'
import { xFrameOptionsForbid } from './x-frame-options.ts'

/** https://html.spec.whatwg.org/multipage/iframe-embed-object.html#iframe-load-event-steps: they run for an error page as for any other. */
export const endingOfIframe: EndingSteps = (fetchParams, response) => {
  const { request } = fetchParams
  const step = 'iframe-load-event-steps/load'
  const error = endingOfError(response)
  if (error !== null) {
    if (error.outcome !== 'network-error') return error
    rule(fetchParams, 'passed', { step, result: 'an error page' })
    return load
  }
  const { status, headerList } = unsafeResponse(response)
  const unknown = notModelled(status, headerList)
  if (unknown !== null) {
    rule(fetchParams, 'decided', { step: 'iframe-load-event-steps/document', result: unknown })
    return { outcome: 'not modelled' }
  }
  const forbidden = xFrameOptionsForbid(headerList, currentURL(request), request.origin)
  if (forbidden !== null) {
    rule(fetchParams, 'stopped', forbidden)
    rule(fetchParams, 'passed', { step, result: 'an error page' })
    return load
  }
  const isReadable = isSameOrigin(request.origin, currentURL(request))
  rule(fetchParams, 'passed', { step, result: isReadable ? 'same origin' : 'cross-origin' })
  const ending: Ending = isReadable ? { outcome: 'load', readable: true } : load
  return ending
}

/** What the lab does not know: answers that leave the frame as it was, that are saved, or shown by other means than a document. */
function notModelled(status: number, headerList: HeaderList): string | null {
  if (isNullBodyStatus(status)) return 'no body'
  if (/^\s*attachment/i.test(get(headerList, 'Content-Disposition') ?? '')) return 'saved'
  if (/frame-ancestors/i.test(get(headerList, 'Content-Security-Policy') ?? '')) return 'frame-ancestors'
  const mimeType = extractAMIMEType(headerList)
  return mimeType === 'failure' || isShown(mimeType) ? null : 'another type'
}

/** Types that all browsers show as a document of the response's own. */
const isShown = (mimeType: string): boolean =>
  /^text\/(?!csv$)|^image\/|^application\/(?:xhtml\+xml|xml|json|(?:x-)?javascript)$/.test(mimeType)
