import type { Destination, InitiatorType, Request } from '#shared/fetch/request'
import type { Client } from '#shared/fetch/request-constructor'

export type CORSSettings = 'No CORS' | 'Anonymous' | 'Use Credentials'

/** https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attribute: an empty and an invalid value mean Anonymous. */
export const corsSettingsAttribute = (value: string | undefined): CORSSettings =>
  value === undefined ? 'No CORS' : value.toLowerCase() === 'use-credentials' ? 'Use Credentials' : 'Anonymous'

/** What all requests of HTML's have in common. */
export const requestOf = (url: URL, client: Client, more: Partial<Request> & { initiatorType: InitiatorType }): Request => ({
  method: 'GET',
  urlList: [url],
  hostIsNoHost: false,
  headerList: [],
  unsafeRequestFlag: false,
  body: null,
  origin: client.origin,
  referrer: client.referrer,
  mode: 'no-cors',
  useCORSPreflightFlag: false,
  credentialsMode: 'include',
  redirectMode: 'follow',
  destination: '',
  cacheMode: 'default',
  responseTainting: 'basic',
  redirectCount: 0,
  ...more,
})

/** https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request */
export function createAPotentialCORSRequest(
  url: URL,
  destination: Destination,
  corsAttributeState: CORSSettings,
  client: Client,
  initiatorType: InitiatorType,
): Request {
  // 1. Let mode be "no-cors" if corsAttributeState is No CORS, and "cors" otherwise.
  const mode = corsAttributeState === 'No CORS' ? 'no-cors' : 'cors'
  // 2. Nobody sets the same-origin fallback flag here.
  // 3-4. Let credentialsMode be "include". If corsAttributeState is Anonymous, set credentialsMode to "same-origin".
  const credentialsMode = corsAttributeState === 'Anonymous' ? 'same-origin' : 'include'
  // 5. Return a new request whose URL is url, destination is destination, mode is mode, credentials mode is credentialsMode …
  return requestOf(url, client, { destination, mode, credentialsMode, initiatorType })
}
