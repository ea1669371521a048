import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import type { BrowserWays } from '#shared/fetch/browser-profile'
import { extractABody } from '#shared/fetch/extract-a-body'
import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { isHTTPScheme } from '#shared/fetch/origin'
import { parseURL } from '#shared/fetch/parse-url'
import type { Client, Constructed } from '#shared/fetch/request-constructor'
import type { ScriptedRequest } from '#shared/fetch/scripted-request'
import type { EndedEarly, EndingSteps } from './ending.ts'
import { requestOf } from './potential-cors-request.ts'

/** https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, step 8.10.5: what may be under way with keepalive. */
const keepaliveLimit = 64 * 1024

/** https://w3c.github.io/beacon/#sendbeacon-method */
export function sendBeacon(scripted: ScriptedRequest, client: Client, ways: BrowserWays): Constructed | EndedEarly {
  // 3. If parsing url returns an error, or parsedUrl's scheme is not "http" or "https", throw a TypeError.
  const parsed = parseURL(scripted.url, client.baseURL, ways)
  if (parsed === null || !isHTTPScheme(parsed.url))
    return { exception: { step: 'sendbeacon/3', result: 'TypeError', facts: { url: scripted.url } } }

  // 4-5. Let headerList be an empty list. Let corsMode be "no-cors".
  // 6. If data is not null:
  // 6.1. Set transmittedData and contentType to the result of extracting data's byte stream.
  const { body, type } = scripted.body === undefined ? { body: null, type: null } : extractABody(scripted.body)

  // 6.2. If the amount of data that can be queued is exceeded by the size of transmittedData, set the return value to false.
  const bytes = body?.bytes.length ?? 0
  if (bytes > keepaliveLimit && !ways.beaconsOfAnySize)
    return { ended: { outcome: 'refused', ruling: { step: 'sendbeacon/6.2', result: 'false', facts: { bytes } } } }

  // 6.3. If contentType is not null: set corsMode to "cors", or to "no-cors" if it is a CORS-safelisted request-header value; append a
  // `Content-Type` header.
  const mode = type !== null && !isCORSSafelistedRequestHeader('Content-Type', type) ? 'cors' : 'no-cors'

  // 7. Fetch a new request: method `POST`, keepalive, credentials mode "include", initiator type "beacon".
  const request = requestOf(parsed.url, client, {
    method: 'POST',
    mode,
    body,
    headerList: type === null ? [] : [['Content-Type', type]],
    hostIsNoHost: parsed.hostIsNoHost,
    unsafeRequestFlag: true,
    initiatorType: 'beacon',
  })
  return { request, dropped: [] }
}

/** The return value: true, before anyone knows what comes of it, but for what some browsers block at once. */
export const endingOfBeacon: EndingSteps = (fetchParams, response) => {
  if (response.type === 'error' && fetchParams.exchanges.length === 0 && isTold(fetchParams)) return { outcome: 'refused' }
  rule(fetchParams, 'passed', { step: 'sendbeacon/7', result: 'true' })
  return { outcome: 'sent' }
}

function isTold({ profile, trace }: FetchParams): boolean {
  const { beaconsTellWhatIsBlocked: told } = profile.ways
  const isBadPort = trace.at(-1)?.result === 'blocked' && trace.at(-1)?.facts?.['port'] !== undefined
  return told === 'all' || (told === 'mixed content' && !isBadPort)
}
