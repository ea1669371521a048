import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { isOkStatus } from '#shared/fetch/response'
import type { Response } from '#shared/fetch/response'
import { endingOfError, failed, isCORSCrossOrigin, isNullBodyStatus, load, unsafeResponse } from './ending.ts'
import type { EndingSteps } from './ending.ts'

/** https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet, from the response on; the document is not in quirks mode. */
export const endingOfStylesheet: EndingSteps = (fetchParams, response) => {
  const error = endingOfError(response)
  if (error !== null) return error
  const { ways } = fetchParams.profile
  const { status, headerList } = unsafeResponse(response)

  // If bodyBytes is null or failure, or response's status is not an ok status, then set success to false.
  const lacksBody = isNullBodyStatus(status)
  if (!isOkStatus(status)) {
    const isTaken = ways.loadsSheetsOfRedirectStatus && status < 400
    const ruling = { step: 'link-type-stylesheet/status', result: 'not an ok status', facts: { status } } as const
    rule(fetchParams, isTaken ? 'decided' : 'stopped', ruling, isTaken ? 'loadsSheetsOfRedirectStatus' : undefined)
    if (!isTaken) return failed
  } else if (lacksBody) {
    const isTaken = ways.takesNoBodyForEmpty
    const ruling = { step: 'link-type-stylesheet/status', result: 'no body', facts: { status } } as const
    rule(fetchParams, isTaken ? 'decided' : 'stopped', ruling, isTaken ? 'takesNoBodyForEmpty' : undefined)
    if (!isTaken) return failed
  }

  // If the resource's Content-Type metadata is not text/css, then set success to false. Without any, text/css is assumed.
  const mimeType = extractAMIMEType(headerList)
  if (mimeType !== 'text/css' && mimeType !== 'failure') {
    const isTaken = ways.loadsSheetsOfAnyType
    const ruling = {
      step: 'link-type-stylesheet/mime-type',
      result: 'not text/css',
      facts: { mimeType: get(headerList, 'Content-Type') },
    } as const
    rule(fetchParams, isTaken ? 'passed' : 'stopped', ruling, isTaken ? 'loadsSheetsOfAnyType' : undefined)
    return isTaken ? load : failed
  }

  // Create a CSS style sheet whose origin-clean flag is unset if the resource is CORS-cross-origin, and set otherwise.
  const result = isCORSCrossOrigin(response) ? 'not origin-clean' : 'origin-clean'
  rule(fetchParams, 'passed', { step: 'link-type-stylesheet/create', result })
  return load
}

/** https://html.spec.whatwg.org/multipage/links.html#link-type-preload, from the response on: any response will do. */
export const endingOfPreload: EndingSteps = (fetchParams, response) => {
  const { preloadsHideFailures } = fetchParams.profile.ways
  const step = 'link-type-preload/6.1'
  // 6.1. If response is a network error, fire an event named error at el. Otherwise, fire an event named load at el.
  const error = endingOfError(response)
  if (error !== null) {
    if (error.outcome !== 'network-error' || !preloadsHideFailures || !mayHide(fetchParams)) return error
    rule(fetchParams, 'passed', { step, result: 'load' }, 'preloadsHideFailures')
    return load
  }
  const { status } = unsafeResponse(response)
  if (preloadsHideFailures && !isCORSCrossOrigin(response) && !isOkStatus(status)) {
    rule(fetchParams, 'stopped', { step, result: 'not an ok status', facts: { status } }, 'preloadsHideFailures')
    return failed
  }
  rule(fetchParams, 'passed', { step, result: readable(response) })
  return load
}

/** A failure is hidden where the page could otherwise learn something of another origin: once something was sent there. */
const mayHide = ({ request, exchanges }: FetchParams): boolean => exchanges.length > 0 && request.responseTainting !== 'basic'

const readable = (response: Response): string => (isCORSCrossOrigin(response) ? 'load, opaque' : 'load')
