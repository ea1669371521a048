import type { StepId } from './ruling.ts'

/** The text that all step numbers are of. */
export const standard = {
  commit: '586cd2a44c2a865b37c166dc0740f3fb8bb220d6',
  date: '2 July 2026',
  link: 'https://fetch.spec.whatwg.org/',
} as const

/** What the steps leave out; the UI shows the list. */
export const notModelled = [
  'Service workers',
  'Content Security Policy, Integrity Policy and embedder policies',
  'HSTS, and upgrades of insecure requests',
  'Mixed content on pages that are trustworthy without https: the standard prohibits it there, no browser does',
  'The HTTP cache',
  'Authentication prompts and client certificates',
  'Sec-Fetch-Storage-Access and Sec-Purpose',
  'Referrer policies other than the default',
  'The TAO check and timing',
  'Streams as bodies',
  'URLs that are not http: or https: (data:, blob:, about:)',
] as const

interface Algorithm {
  /** As the standard calls it. */
  readonly title: string
  readonly anchor: string
  /** Where it is not in the Fetch standard itself. */
  readonly base?: string
}

const xhr = 'https://xhr.spec.whatwg.org/'
/** Not pinned, so its steps go by a name where their number is not sure to stay. */
const html = 'https://html.spec.whatwg.org/multipage/'
const webidl = 'https://webidl.spec.whatwg.org/'

/** The algorithms that rule, by the first half of a step's id. */
export const algorithms: Readonly<Record<string, Algorithm>> = {
  'cors-check': { title: 'CORS check', anchor: 'concept-cors-check' },
  'cors-preflight-fetch': { title: 'CORS-preflight fetch', anchor: 'cors-preflight-fetch-0' },
  'http-fetch': { title: 'HTTP fetch', anchor: 'concept-http-fetch' },
  'http-network-or-cache-fetch': { title: 'HTTP-network-or-cache fetch', anchor: 'concept-http-network-or-cache-fetch' },
  'http-network-fetch': { title: 'HTTP-network fetch', anchor: 'concept-http-network-fetch' },
  'http-redirect-fetch': { title: 'HTTP-redirect fetch', anchor: 'concept-http-redirect-fetch' },
  'main-fetch': { title: 'Main fetch', anchor: 'concept-main-fetch' },
  'append-a-request-cookie-header': { title: 'Append a request `Cookie` header', anchor: 'append-a-request-cookie-header' },
  'parse-and-store-response-set-cookie-headers': {
    title: 'Parse and store response `Set-Cookie` headers',
    anchor: 'parse-and-store-response-set-cookie-headers',
  },
  'request-constructor': { title: 'new Request(input, init)', anchor: 'dom-request' },
  'xhr-open': { title: 'XMLHttpRequest: open()', anchor: 'the-open()-method', base: xhr },
  'xhr-setrequestheader': { title: 'XMLHttpRequest: setRequestHeader()', anchor: 'the-setrequestheader()-method', base: xhr },
  'blocked-due-to-its-mime-type': {
    title: 'Should response to request be blocked due to its MIME type?',
    anchor: 'should-response-to-request-be-blocked-due-to-mime-type?',
  },
  'blocked-due-to-nosniff': {
    title: 'Should response to request be blocked due to nosniff?',
    anchor: 'should-response-to-request-be-blocked-due-to-nosniff?',
  },
  'opaque-response-blocking': { title: 'Opaque-response blocking', anchor: 'readme', base: 'https://github.com/annevk/orb' },
  'update-the-image-data': { title: 'HTML: update the image data', anchor: 'update-the-image-data', base: `${html}images.html` },
  'fetch-a-classic-script': { title: 'HTML: fetch a classic script', anchor: 'fetch-a-classic-script', base: `${html}webappapis.html` },
  'parse-script': { title: 'ParseScript', anchor: 'sec-parse-script', base: 'https://tc39.es/ecma262/' },
  'fetch-a-single-module-script': {
    title: 'HTML: fetch a single module script',
    anchor: 'fetch-a-single-module-script',
    base: `${html}webappapis.html`,
  },
  'fetch-a-classic-worker-script': {
    title: 'HTML: fetch a classic worker script',
    anchor: 'fetch-a-classic-worker-script',
    base: `${html}webappapis.html`,
  },
  worker: { title: 'HTML: new Worker()', anchor: 'dom-worker', base: `${html}workers.html` },
  'font-face-load': {
    title: 'CSS Font Loading: FontFace.load()',
    anchor: 'font-face-load',
    base: 'https://drafts.csswg.org/css-font-loading/',
  },
  'link-type-stylesheet': { title: 'HTML: link type "stylesheet"', anchor: 'link-type-stylesheet', base: `${html}links.html` },
  'link-type-preload': { title: 'HTML: link type "preload"', anchor: 'link-type-preload', base: `${html}links.html` },
  'iframe-load-event-steps': {
    title: 'HTML: iframe load event steps',
    anchor: 'iframe-load-event-steps',
    base: `${html}iframe-embed-object.html`,
  },
  'x-frame-options': {
    title: 'HTML: check a navigation response’s adherence to X-Frame-Options',
    anchor: "check-a-navigation-response's-adherence-to-x-frame-options",
    base: `${html}document-lifecycle.html`,
  },
  eventsource: { title: 'HTML: new EventSource()', anchor: 'dom-eventsource', base: `${html}server-sent-events.html` },
  sendbeacon: { title: 'navigator.sendBeacon()', anchor: 'sendbeacon-method', base: 'https://w3c.github.io/beacon/' },
  'fetching-resources': {
    title: 'HTML: fetching resources',
    anchor: 'fetching-resources',
    base: `${html}urls-and-fetching.html`,
  },
  webidl: { title: 'Web IDL conversion', anchor: 'js-type-mapping', base: webidl },
}

/** What to call a step and where to read it: `{ title: 'CORS check', number: '4', link }`. */
export function describeStep(step: StepId): { title: string; number: string; link: string } {
  const slash = step.indexOf('/')
  const algorithm = algorithms[step.slice(0, slash)]
  if (algorithm === undefined) throw new Error(`No algorithm is called ${step.slice(0, slash)}.`)
  return { title: algorithm.title, number: step.slice(slash + 1), link: `${algorithm.base ?? standard.link}#${algorithm.anchor}` }
}
