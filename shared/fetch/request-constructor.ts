import { standardWays } from './browser-profile.ts'
import { extractABody } from './extract-a-body.ts'
import { isForbiddenRequestHeader } from './forbidden-request-header.ts'
import { contains, get } from './header-list.ts'
import type { Header } from './header-list.ts'
import { isCORSSafelistedMethod, isForbiddenMethod, isMethod, normalizeAMethod } from './methods.ts'
import { isNoCORSSafelistedRequestHeader } from './no-cors-safelisted-request-header.ts'
import { includesCredentials } from './origin.ts'
import type { Origin } from './origin.ts'
import { parseURL } from './parse-url.ts'
import type { URLWays } from './parse-url.ts'
import type { Body, Request } from './request.ts'
import type { Facts, Ruling, StepId } from './ruling.ts'
import type { ScriptedRequest } from './scripted-request.ts'
import { isByteString, isHeaderName, isHeaderValue, normalizeHeaderValue } from './tokens.ts'

/** The page's side: its origin, and its URL for relative URLs and the `Referer` header; null where it has none that counts. */
export interface Client {
  readonly origin: Origin
  readonly baseURL: string | undefined
  readonly referrer: string | null
}

/** Headers that the browser left out without a word. */
export type Dropped = readonly string[]

export type Constructed = { readonly request: Request; readonly dropped: Dropped } | { readonly exception: Ruling }

const exception = (step: StepId, result: string, facts: Facts = {}): { exception: Ruling } => ({ exception: { step, result, facts } })

/** https://fetch.spec.whatwg.org/#dom-request, as `fetch(input, init)` runs it with a string and an init that is not empty. */
export function newRequest(scripted: ScriptedRequest, client: Client, ways: URLWays = standardWays): Constructed {
  const conversion = convertInit(scripted)
  if (conversion !== null) return conversion

  // 5.1. Let parsedURL be the result of parsing input with baseURL.
  const parsed = parseURL(scripted.url, client.baseURL, ways)
  // 5.2. If parsedURL is failure, then throw a TypeError.
  if (parsed === null) return exception('request-constructor/5.2', 'TypeError', { url: scripted.url })
  // 5.3. If parsedURL includes credentials, then throw a TypeError.
  if (includesCredentials(parsed.url)) return exception('request-constructor/5.3', 'TypeError', { url: scripted.url })

  // 6-15. A string is given, and neither window nor referrer.
  // 16. Let mode be init["mode"] if it exists, and fallbackMode otherwise.
  // 17. If mode is "navigate", then throw a TypeError.
  if (scripted.mode === 'navigate') return exception('request-constructor/17', 'TypeError', { mode: scripted.mode })
  // 18. If mode is non-null, set request's mode to mode.
  const mode = scripted.mode === 'no-cors' || scripted.mode === 'same-origin' ? scripted.mode : 'cors'
  // 19. If init["credentials"] exists, then set request's credentials mode to it.
  const credentialsMode = scripted.credentials === 'omit' || scripted.credentials === 'include' ? scripted.credentials : 'same-origin'
  // 20-21. No cache mode is given.
  // 22. If init["redirect"] exists, then set request's redirect mode to it.
  const redirectMode = scripted.redirect === 'error' || scripted.redirect === 'manual' ? scripted.redirect : 'follow'
  // 23-24. Neither integrity nor keepalive are given.

  // 25. If init["method"] exists, then:
  let method = 'GET'
  if (scripted.method !== undefined) {
    // 25.1. Let method be init["method"].
    // 25.2. If method is not a method or method is a forbidden method, then throw a TypeError.
    if (!isMethod(scripted.method) || isForbiddenMethod(scripted.method)) {
      return exception('request-constructor/25.2', 'TypeError', { method: scripted.method, isForbidden: isMethod(scripted.method) })
    }
    // 25.3-4. Normalize method. Set request's method to method.
    method = normalizeAMethod(scripted.method)
  }

  // 26-31. Neither signal nor priority are given.
  // 32. If this's request's mode is "no-cors", then:
  // 32.1. If this's request's method is not a CORS-safelisted method, then throw a TypeError.
  if (mode === 'no-cors' && !isCORSSafelistedMethod(method)) return exception('request-constructor/32.1', 'TypeError', { method, mode })

  // 33. If init is not empty, then:
  // 33.1-4. The headers are given as a list.
  // 33.5. Otherwise, fill this's headers with headers.
  const headerList: Header[] = []
  const dropped: string[] = []
  for (const [name, potentialValue] of scripted.headers) {
    const value = normalizeHeaderValue(potentialValue)
    if (!isHeaderName(name) || !isHeaderValue(value))
      return exception('request-constructor/33.5', 'TypeError', { headerName: name, isName: isHeaderName(name) })
    if (!appendAHeader(headerList, name, value, mode === 'no-cors')) dropped.push(name)
  }

  // 34. No Request is given whose body there would be.
  // 35. If init["body"] exists and is non-null, and request's method is `GET` or `HEAD`, then throw a TypeError.
  if (scripted.body !== undefined && (method === 'GET' || method === 'HEAD'))
    return exception('request-constructor/35', 'TypeError', { method })

  // 36. Let initBody be null.
  // 37. If init["body"] exists and is non-null, then:
  let body: Body | null = null
  if (scripted.body !== undefined) {
    // 37.1-3. Let bodyWithType be the result of extracting init["body"].
    const bodyWithType = extractABody(scripted.body)
    body = bodyWithType.body
    // 37.4. If type is non-null and this's headers's header list does not contain `Content-Type`, then append (`Content-Type`, type).
    if (bodyWithType.type !== null && !contains(headerList, 'Content-Type')) {
      const type = normalizeHeaderValue(bodyWithType.type)
      if (!appendAHeader(headerList, 'Content-Type', type, mode === 'no-cors')) dropped.push('Content-Type')
    }
  }

  // 38-42. Streams are not modelled.
  const request: Request = {
    method,
    urlList: [parsed.url],
    hostIsNoHost: parsed.hostIsNoHost,
    headerList,
    unsafeRequestFlag: true,
    body,
    origin: client.origin,
    referrer: client.referrer,
    mode,
    useCORSPreflightFlag: false,
    credentialsMode,
    redirectMode,
    responseTainting: 'basic',
    redirectCount: 0,
    destination: '',
    cacheMode: 'default',
    initiatorType: 'fetch',
  }
  return { request, dropped }
}

const modes = ['navigate', 'same-origin', 'no-cors', 'cors']
const credentialsModes = ['omit', 'same-origin', 'include']
const redirectModes = ['follow', 'error', 'manual']

/** https://webidl.spec.whatwg.org/#js-enumeration and #js-ByteString: what is wrong with the init before the constructor's steps begin. */
function convertInit(scripted: ScriptedRequest): { exception: Ruling } | null {
  const { mode, credentials, redirect, method, headers } = scripted
  if (mode !== undefined && !modes.includes(mode)) return exception('webidl/enumeration', 'TypeError', { member: 'mode', value: mode })
  if (credentials !== undefined && !credentialsModes.includes(credentials)) {
    return exception('webidl/enumeration', 'TypeError', { member: 'credentials', value: credentials })
  }
  if (redirect !== undefined && !redirectModes.includes(redirect))
    return exception('webidl/enumeration', 'TypeError', { member: 'redirect', value: redirect })
  if (method !== undefined && !isByteString(method)) return exception('webidl/bytestring', 'TypeError', { member: 'method', value: method })
  const header = headers.find(([name, value]) => !isByteString(name) || !isByteString(value))
  return header === undefined ? null : exception('webidl/bytestring', 'TypeError', { member: 'headers', value: header[0] })
}

/** https://fetch.spec.whatwg.org/#concept-headers-append; false where the header is left out. */
function appendAHeader(headerList: Header[], name: string, value: string, isNoCORS: boolean): boolean {
  // 1-2. Normalize value. If validating (name, value) for headers returns false, then return.
  // Validating asks for forbidden request-headers with guard "request" only; with "request-no-cors" step 3 lets none of them through.
  if (!isNoCORS && isForbiddenRequestHeader(name, value)) return false

  // 3. If headers's guard is "request-no-cors", then: … if (name, temporaryValue) is not a no-CORS-safelisted request-header, then return.
  if (isNoCORS) {
    const earlier = get(headerList, name)
    if (!isNoCORSSafelistedRequestHeader(name, earlier === null ? value : `${earlier}, ${value}`)) return false
  }

  // 4. Append (name, value) to headers's header list.
  headerList.push([name, value])
  return true
}
