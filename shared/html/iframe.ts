import { rule } from '#shared/fetch/fetch-params'
import { isSameOrigin } from '#shared/fetch/origin'
import { currentURL } from '#shared/fetch/request'
import { endingOfError, load } from './ending.ts'
import type { Ending, EndingSteps } from './ending.ts'

/**
 * https://html.spec.whatwg.org/multipage/iframe-embed-object.html#iframe-load-event-steps: they run for an error page as for any other. Answers
 * that are saved, or shown by other means than a document, are not modelled; nor is `X-Frame-Options`.
 */
export const endingOfIframe: EndingSteps = (fetchParams, response) => {
  const { request } = fetchParams
  const error = endingOfError(response)
  if (error !== null) {
    if (error.outcome !== 'network-error') return error
    rule(fetchParams, 'passed', { step: 'iframe-load-event-steps/load', result: 'an error page' })
    return load
  }
  const isReadable = isSameOrigin(request.origin, currentURL(request))
  rule(fetchParams, 'passed', { step: 'iframe-load-event-steps/load', result: isReadable ? 'same origin' : 'cross-origin' })
  const ending: Ending = isReadable ? { outcome: 'load', readable: true } : load
  return ending
}
