import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import { rule } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { parseAMIMEType } from '#shared/fetch/parse-a-mime-type'
import { parseURL } from '#shared/fetch/parse-url'
import type { URLWays } from '#shared/fetch/parse-url'
import type { Client, Constructed } from '#shared/fetch/request-constructor'
import type { ScriptedRequest } from '#shared/fetch/scripted-request'
import { endingOfError, failed, load, unsafeResponse } from './ending.ts'
import type { EndingSteps } from './ending.ts'
import { createAPotentialCORSRequest } from './potential-cors-request.ts'

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource */
export function eventSource(scripted: ScriptedRequest, client: Client, ways: URLWays): Constructed {
  // 3. Let urlRecord be the result of encoding-parsing a URL given url, relative to settings.
  const urlRecord = parseURL(scripted.url, client.baseURL, ways)
  // 4. If urlRecord is failure, then throw a "SyntaxError" DOMException.
  if (urlRecord === null) return { exception: { step: 'eventsource/4', result: 'SyntaxError', facts: { url: scripted.url } } }
  // 5-7. Let corsAttributeState be Anonymous. If withCredentials is true, then set corsAttributeState to Use Credentials.
  const corsAttributeState = scripted.credentials === 'include' ? 'Use Credentials' : 'Anonymous'
  // 8. Let request be the result of creating a potential-CORS request given urlRecord, the empty string, and corsAttributeState.
  const request = createAPotentialCORSRequest(urlRecord.url, '', corsAttributeState, client, 'other')
  // 9-10. User agents may set (`Accept`, `text/event-stream`) in request's header list.
  // 11-13. Set request's cache mode to "no-store".
  return {
    request: { ...request, hostIsNoHost: urlRecord.hostIsNoHost, headerList: [['Accept', 'text/event-stream']], cacheMode: 'no-store' },
    dropped: [],
  }
}

/** The same, step 15: what is done with the response. Either way it fails, an error event is fired. */
export const endingOfEventSource: EndingSteps = (fetchParams, response) => {
  // 15.1-2. If res is a network error, then reestablish the connection; the page has got an error event by then.
  const error = endingOfError(response)
  if (error !== null) return error
  // 15.3. Otherwise, if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.
  const { status, headerList } = unsafeResponse(response)
  const mimeType = get(headerList, 'Content-Type')
  if (status !== 200 || extractAMIMEType(headerList) !== 'text/event-stream') {
    rule(fetchParams, 'stopped', { step: 'eventsource/15.3', result: 'fail the connection', facts: { status, mimeType } })
    return failed
  }
  const charset = fetchParams.profile.ways.eventsMustBeUTF8 ? parseAMIMEType(mimeType ?? '')?.parameters.get('charset') : undefined
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    rule(fetchParams, 'stopped', { step: 'eventsource/15.3', result: 'not UTF-8', facts: { status, mimeType } }, 'eventsMustBeUTF8')
    return failed
  }
  // 15.4. Otherwise, announce the connection and interpret res's body line by line.
  rule(fetchParams, 'passed', { step: 'eventsource/15.4', result: 'open' })
  return load
}
