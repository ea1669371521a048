import type { FetchParams } from '#shared/fetch/fetch-params'
import type { HeaderList } from '#shared/fetch/header-list'
import type { Response } from '#shared/fetch/response'
import type { Ruling } from '#shared/fetch/ruling'

/** How an element or API tells the page what came of it. */
export interface Ending {
  readonly outcome: 'load' | 'network-error' | 'sent' | 'refused' | 'unanswered' | 'not modelled'
  /** An iframe that loaded, and whose document the page can reach. */
  readonly readable?: true
}

/** It ended before there was anything to fetch. */
export interface EndedEarly {
  readonly ended: Ending & { readonly ruling: Ruling }
}

/** The steps that run once the response is there, or it is known that there will be none. */
export type EndingSteps = (fetchParams: FetchParams, response: Response) => Ending

export const load: Ending = { outcome: 'load' }
export const failed: Ending = { outcome: 'network-error' }

/** What comes of a network error: the error event, where anybody has answered. */
export const endingOfError = (response: Response): Ending | null => (response.type === 'error' ? { outcome: response.reason } : null)

/** https://html.spec.whatwg.org/multipage/urls-and-fetching.html#unsafe-response: what lies behind the filter. */
export function unsafeResponse(response: Response): { status: number; headerList: HeaderList; body: string | undefined } {
  if (response.type === 'error' || response.type === 'default')
    throw new Error('A network error has been dealt with, and main fetch filters all else.')
  const { status, headerList, body } = response.internalResponse
  return { status, headerList, body }
}

/** https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-cross-origin */
export const isCORSCrossOrigin = (response: Response): boolean => response.type === 'opaque' || response.type === 'opaqueredirect'

/** https://fetch.spec.whatwg.org/#null-body-status */
export const isNullBodyStatus = (status: number): boolean => [101, 103, 204, 205, 304].includes(status)
