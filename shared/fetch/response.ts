import type { HeaderList } from './header-list.ts'

/** https://fetch.spec.whatwg.org/#concept-response, before it is filtered. */
export interface ActualResponse {
  readonly type: 'default'
  readonly status: number
  readonly headerList: HeaderList
  /** Its bytes as a latin-1 string; undefined where nobody knows them. */
  readonly body?: string | undefined
}

/** https://fetch.spec.whatwg.org/#concept-filtered-response: what is left for the script to see. */
export interface FilteredResponse {
  readonly type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect'
  readonly status: number
  readonly headerList: HeaderList
  readonly internalResponse: ActualResponse
}

/** https://fetch.spec.whatwg.org/#concept-network-error; `unanswered` where what follows is not known, for nobody answered. */
export interface NetworkError {
  readonly type: 'error'
  readonly reason: 'network-error' | 'unanswered'
}

export type Response = ActualResponse | FilteredResponse | NetworkError

export const networkError: NetworkError = { type: 'error', reason: 'network-error' }
export const unanswered: NetworkError = { type: 'error', reason: 'unanswered' }

/** https://fetch.spec.whatwg.org/#redirect-status */
export const isRedirectStatus = (status: number): boolean =>
  status === 301 || status === 302 || status === 303 || status === 307 || status === 308

/** https://fetch.spec.whatwg.org/#ok-status */
export const isOkStatus = (status: number): boolean => status >= 200 && status <= 299
