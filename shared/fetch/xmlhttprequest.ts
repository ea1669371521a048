import { standardWays } from './browser-profile.ts'
import type { BrowserWays } from './browser-profile.ts'
import { extractABody } from './extract-a-body.ts'
import type { BodyWithType } from './extract-a-body.ts'
import { isForbiddenRequestHeader } from './forbidden-request-header.ts'
import { byteCaseInsensitiveMatch, get } from './header-list.ts'
import type { Header } from './header-list.ts'
import { isForbiddenMethod, isMethod, normalizeAMethod } from './methods.ts'
import { parseAMIMEType, serializeAMIMEType } from './parse-a-mime-type.ts'
import { parseURL } from './parse-url.ts'
import type { URLWays } from './parse-url.ts'
import type { Request } from './request.ts'
import type { Client, Constructed } from './request-constructor.ts'
import type { ScriptedBody, ScriptedRequest } from './scripted-request.ts'
import { isByteString, isHeaderName, isHeaderValue, normalizeHeaderValue } from './tokens.ts'

type XHRWays = Pick<BrowserWays, 'ignoresBlobTypesThatAreNone' | 'replacesCharsetInPlace'>

const charsetParameter = /(;[\t ]*charset="?)[^";]*/i

/** An XMLHttpRequest from open() to send(): https://xhr.spec.whatwg.org/#the-open()-method and what follows there. */
export function xmlHttpRequest(scripted: ScriptedRequest, client: Client, ways: XHRWays & URLWays = standardWays): Constructed {
  const given = scripted.method ?? 'GET'
  if (!isByteString(given))
    return { exception: { step: 'webidl/bytestring', result: 'TypeError', facts: { member: 'method', value: given } } }

  // open(): 2. If method is not a method, then throw a "SyntaxError" DOMException.
  if (!isMethod(given)) return { exception: { step: 'xhr-open/2', result: 'SyntaxError', facts: { method: given } } }
  // open(): 3. If method is a forbidden method, then throw a "SecurityError" DOMException.
  if (isForbiddenMethod(given)) return { exception: { step: 'xhr-open/3', result: 'SecurityError', facts: { method: given } } }
  // open(): 4. Normalize method.
  const method = normalizeAMethod(given)
  // open(): 5. Let parsedURL be the result of encoding-parsing a URL url, relative to this's relevant settings object.
  const parsed = parseURL(scripted.url, client.baseURL, ways)
  // open(): 6. If parsedURL is failure, then throw a "SyntaxError" DOMException.
  if (parsed === null) return { exception: { step: 'xhr-open/6', result: 'SyntaxError', facts: { url: scripted.url } } }

  const headerList: Header[] = []
  const dropped: string[] = []
  for (const [name, potentialValue] of scripted.headers) {
    if (!isByteString(name) || !isByteString(potentialValue)) {
      return { exception: { step: 'webidl/bytestring', result: 'TypeError', facts: { member: 'headers', value: name } } }
    }
    // setRequestHeader(): 3. Normalize value.
    const value = normalizeHeaderValue(potentialValue)
    // setRequestHeader(): 4. If name is not a header name or value is not a header value, then throw a "SyntaxError" DOMException.
    if (!isHeaderName(name) || !isHeaderValue(value)) {
      return {
        exception: { step: 'xhr-setrequestheader/4', result: 'SyntaxError', facts: { headerName: name, isName: isHeaderName(name) } },
      }
    }
    // setRequestHeader(): 5. If (name, value) is a forbidden request-header, then return.
    // setRequestHeader(): 6. Combine (name, value) in this's author request headers.
    if (isForbiddenRequestHeader(name, value)) dropped.push(name)
    else combine(headerList, name, value)
  }

  // send(): 3. If this's request method is `GET` or `HEAD`, then set body to null.
  const body = method === 'GET' || method === 'HEAD' ? undefined : scripted.body
  const bodyWithType = body === undefined ? null : extractABody(body)
  // send(): 4. If body is not null: …
  if (body !== undefined && bodyWithType !== null) setContentType(headerList, body, bodyWithType, ways)

  // send(): 5. If one or more event listeners are registered on this's upload object, then set this's upload listener to true.
  // send(): 6. Let req be a new request, initialized as follows: …
  const request: Request = {
    method,
    urlList: [parsed.url],
    hostIsNoHost: parsed.hostIsNoHost,
    headerList,
    unsafeRequestFlag: true,
    body: bodyWithType?.body ?? null,
    origin: client.origin,
    referrer: client.referrer,
    mode: 'cors',
    useCORSPreflightFlag: scripted.uploadListener === true,
    credentialsMode: scripted.credentials === 'include' ? 'include' : 'same-origin',
    redirectMode: 'follow',
    responseTainting: 'basic',
    redirectCount: 0,
    destination: '',
    cacheMode: 'default',
    initiatorType: 'xmlhttprequest',
  }
  return { request, dropped }
}

/** https://fetch.spec.whatwg.org/#concept-header-list-combine */
function combine(headerList: Header[], name: string, value: string): void {
  const index = headerList.findIndex(([each]) => byteCaseInsensitiveMatch(each, name))
  const earlier = headerList[index]
  if (earlier === undefined) headerList.push([name, value])
  else headerList[index] = [earlier[0], `${earlier[1]}, ${value}`]
}

/** https://xhr.spec.whatwg.org/#the-send()-method, steps 4.4 to 4.6. */
function setContentType(headerList: Header[], body: ScriptedBody, { type }: BodyWithType, ways: XHRWays): void {
  // 4.4. Let originalAuthorContentType be the result of getting `Content-Type` from this's author request headers.
  const originalAuthorContentType = get(headerList, 'Content-Type')

  // 4.5. If originalAuthorContentType is non-null, then:
  // 4.5.1. If body is a URLSearchParams object or a string, and its charset is not UTF-8, then set parameters["charset"] to "UTF-8".
  if (originalAuthorContentType !== null) {
    if (typeof body === 'string' || body.kind === 'urlencoded') setCharset(headerList, originalAuthorContentType, ways)
    return
  }

  // 4.6. Otherwise: … if extractedContentType is not null, set (`Content-Type`, extractedContentType) in this's author request headers.
  if (type !== null && !(ways.ignoresBlobTypesThatAreNone && parseAMIMEType(type) === null)) headerList.push(['Content-Type', type])
}

/** https://xhr.spec.whatwg.org/#the-send()-method, step 4.5.1.2. */
function setCharset(headerList: Header[], contentType: string, ways: XHRWays): void {
  const record = parseAMIMEType(contentType)
  const charset = record?.parameters.get('charset')
  if (record === null || charset === undefined || charset.toLowerCase() === 'utf-8') return
  const value = ways.replacesCharsetInPlace
    ? contentType.replace(charsetParameter, '$1UTF-8')
    : serializeAMIMEType({ essence: record.essence, parameters: new Map(record.parameters).set('charset', 'UTF-8') })
  const index = headerList.findIndex(([name]) => byteCaseInsensitiveMatch(name, 'Content-Type'))
  headerList[index] = ['Content-Type', value]
}
