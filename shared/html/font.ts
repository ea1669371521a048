import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { sniffedFontType } from '#shared/fetch/font-type'
import { isOkStatus } from '#shared/fetch/response'
import { endingOfError, failed, isNullBodyStatus, load, unsafeResponse } from './ending.ts'
import type { EndingSteps } from './ending.ts'

/**
 * https://drafts.csswg.org/css-font-loading/#font-face-load, from the response on: its type does not matter, but what the bytes are. Whether
 * they are a font to their end, nobody asks here.
 */
export const endingOfFont: EndingSteps = (fetchParams, response) => {
  const error = endingOfError(response)
  if (error !== null) return error
  const { status, body } = unsafeResponse(response)
  if (!isTaken(status, fetchParams)) {
    rule(fetchParams, 'stopped', { step: 'font-face-load/status', result: 'not an ok status', facts: { status } }, 'fontStatuses')
    return failed
  }
  if (body === undefined && !isNullBodyStatus(status)) {
    rule(fetchParams, 'decided', { step: 'font-face-load/decode', result: 'not known' })
    return { outcome: 'not modelled' }
  }
  if (isNullBodyStatus(status) || sniffedFontType(body ?? '') === undefined) {
    rule(fetchParams, 'stopped', { step: 'font-face-load/decode', result: 'no font' })
    return failed
  }
  rule(fetchParams, 'passed', { step: 'font-face-load/decode', result: 'font' })
  return load
}

function isTaken(status: number, { profile }: FetchParams): boolean {
  switch (profile.ways.fontStatuses) {
    case 'any':
      return true
    case 'below 400':
      return status < 400
    case 'ok':
      return isOkStatus(status)
  }
}
