import type { ActualResponse, FilteredResponse } from './response.ts'
import { isCORSSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from './response-header-names.ts'

/** https://fetch.spec.whatwg.org/#concept-filtered-response-basic */
export const basicFilteredResponse = (internalResponse: ActualResponse): FilteredResponse => ({
  type: 'basic',
  status: internalResponse.status,
  headerList: internalResponse.headerList.filter(([name]) => !isForbiddenResponseHeaderName(name)),
  internalResponse,
})

/**
 * https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 * @param exposed the response's CORS-exposed header-name list, in lower case
 */
export const corsFilteredResponse = (internalResponse: ActualResponse, exposed: ReadonlySet<string>): FilteredResponse => ({
  type: 'cors',
  status: internalResponse.status,
  headerList: internalResponse.headerList.filter(([name]) => isCORSSafelistedResponseHeaderName(name, exposed)),
  internalResponse,
})

/** https://fetch.spec.whatwg.org/#concept-filtered-response-opaque */
export const opaqueFilteredResponse = (internalResponse: ActualResponse): FilteredResponse => ({
  type: 'opaque',
  status: 0,
  headerList: [],
  internalResponse,
})

/** https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect */
export const opaqueRedirectFilteredResponse = (internalResponse: ActualResponse): FilteredResponse => ({
  type: 'opaqueredirect',
  status: 0,
  headerList: [],
  internalResponse,
})
