import type { BrowserWays } from '#shared/fetch/browser-profile'
import { includesCredentials, isHTTPScheme, isSameOrigin } from '#shared/fetch/origin'
import { parseURL } from '#shared/fetch/parse-url'
import { newRequest } from '#shared/fetch/request-constructor'
import type { Client, Constructed } from '#shared/fetch/request-constructor'
import type { Request } from '#shared/fetch/request'
import type { Facts, StepId } from '#shared/fetch/ruling'
import type { API, ScriptedRequest } from '#shared/fetch/scripted-request'
import { xmlHttpRequest } from '#shared/fetch/xmlhttprequest'
import { sendBeacon } from './beacon.ts'
import type { EndedEarly, Ending } from './ending.ts'
import { eventSource } from './event-source.ts'
import { corsSettingsAttribute, createAPotentialCORSRequest, requestOf } from './potential-cors-request.ts'

/** The request that an API or an element makes of what the page wrote. */
export function requestOfAPI(scripted: ScriptedRequest, client: Client, ways: BrowserWays): Constructed | EndedEarly {
  switch (scripted.api) {
    case 'fetch':
      return newRequest(scripted, client, ways)
    case 'xhr':
      return xmlHttpRequest(scripted, client, ways)
    case 'beacon':
      return withoutCredentialsInURL(sendBeacon(scripted, client, ways))
    case 'eventsource':
      return withoutCredentialsInURL(overNetwork(eventSource(scripted, client, ways)))
    default:
      return requestOfElement(scripted.api, scripted, client, ways)
  }
}

type Element = Exclude<API, 'fetch' | 'xhr' | 'beacon' | 'eventsource'>

const ended = (outcome: Ending['outcome'], step: StepId, result: string, facts: Facts): EndedEarly => ({
  ended: { outcome, ruling: { step, result, facts } },
})

function requestOfElement(api: Element, scripted: ScriptedRequest, client: Client, ways: BrowserWays): Constructed | EndedEarly {
  const { url: written } = scripted
  const facts = { api, url: written }
  const isEmpty = written === '' && api !== 'worker'
  // A module specifier that is not relative by its first characters is a bare one, which names nothing.
  const isBare = api === 'import' && !/^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:)/i.test(written)
  const parsed = isEmpty || isBare ? null : parseURL(written, client.baseURL, ways)
  if (parsed === null) return withoutURL(api, facts)
  const { url } = parsed
  // Nothing is fetched by any other scheme; what a page sees of that differs for frames and workers.
  if (isLocal(url) || (!isHTTPScheme(url) && (api === 'iframe' || api === 'worker')))
    return ended('not modelled', 'fetching-resources/scheme', 'not modelled', { ...facts, scheme: url.protocol })

  if (api === 'worker' && ways.workersThrowElsewhere && !isSameOrigin(client.origin, url)) {
    return { exception: { step: 'worker/url', result: 'SecurityError', facts: { ...facts, origin: client.origin.serialized } } }
  }
  const request = { ...requestFor(api, url, scripted, client, ways), hostIsNoHost: parsed.hostIsNoHost }
  return withoutCredentialsInURL({ request, dropped: [] })
}

const isLocal = ({ protocol }: URL): boolean => ['data:', 'about:', 'blob:'].includes(protocol)

/** Browsers are not of one mind about events from a `data:` URL and the like. */
function overNetwork(constructed: Constructed): Constructed | EndedEarly {
  const url = 'request' in constructed ? constructed.request.urlList[0] : undefined
  if (url === undefined || !isLocal(url)) return constructed
  return ended('not modelled', 'fetching-resources/scheme', 'not modelled', { api: 'eventsource', url: url.href, scheme: url.protocol })
}

/** What each does with a URL that is none. */
function withoutURL(api: Element, facts: Facts): Constructed | EndedEarly {
  switch (api) {
    case 'img':
    case 'script':
    case 'module':
    case 'font':
    case 'import':
      return ended('network-error', 'fetching-resources/url', 'failure', facts)
    case 'worker':
      return { exception: { step: 'worker/url', result: 'SyntaxError', facts } }
    case 'iframe':
      return { ended: { outcome: 'load', readable: true, ruling: { step: 'fetching-resources/url', result: 'about:blank', facts } } }
    case 'stylesheet':
    case 'link-preload-fetch':
      return ended('not modelled', 'fetching-resources/url', 'nothing happens', facts)
  }
}

function requestFor(api: Element, url: URL, { crossorigin }: ScriptedRequest, client: Client, ways: BrowserWays): Request {
  const settings = corsSettingsAttribute(crossorigin)
  switch (api) {
    // https://html.spec.whatwg.org/multipage/images.html#update-the-image-data
    case 'img':
      return createAPotentialCORSRequest(url, 'image', settings, client, 'img')
    // https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script
    case 'script':
      return createAPotentialCORSRequest(url, 'script', settings, client, 'script')
    // https://html.spec.whatwg.org/multipage/semantics.html#create-a-link-request
    case 'stylesheet':
      return createAPotentialCORSRequest(url, 'style', settings, client, 'css')
    // https://drafts.csswg.org/css-fonts-4/#font-fetching-requirements
    case 'font':
      return createAPotentialCORSRequest(url, 'font', ways.fontsWithoutCORS ? 'No CORS' : 'Anonymous', client, 'font')
    case 'link-preload-fetch':
      return createAPotentialCORSRequest(url, '', settings, client, 'link')
    // https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script, with the module script credentials mode
    case 'module':
      return moduleRequest(url, settings === 'Use Credentials' ? 'include' : 'same-origin', client)
    case 'import':
      return moduleRequest(url, 'same-origin', client)
    // https://html.spec.whatwg.org/multipage/browsing-the-web.html#create-navigation-params-by-fetching
    case 'iframe':
      return requestOf(url, client, { destination: 'iframe', mode: 'navigate', credentialsMode: 'include', initiatorType: 'iframe' })
    // https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script
    case 'worker':
      return requestOf(url, client, { destination: 'worker', mode: 'same-origin', credentialsMode: 'same-origin', initiatorType: 'other' })
  }
}

const moduleRequest = (url: URL, credentialsMode: Request['credentialsMode'], client: Client): Request =>
  requestOf(url, client, { destination: 'script', mode: 'cors', credentialsMode, initiatorType: 'script', isModule: true })

/** Each browser treats a user name and password in the URL of an element in its own way; none of that is modelled. */
function withoutCredentialsInURL(constructed: Constructed | EndedEarly): Constructed | EndedEarly {
  if (!('request' in constructed)) return constructed
  const [url] = constructed.request.urlList
  return url !== undefined && includesCredentials(url)
    ? ended('not modelled', 'fetching-resources/credentials', 'not modelled', { url: url.href })
    : constructed
}
