import type { Deviation } from '#shared/fetch/browser-profile'
import type { RecordedRuling } from '#shared/fetch/fetch-params'
import type { Facts } from '#shared/fetch/ruling'
import { elementSentences } from './element-sentences.ts'
import { cookieSentences } from './cookie-sentences.ts'
import { listed, num, text, textOrNull, yes } from './facts.ts'

type Sentence = (facts: Facts, result: string) => string

/** One plain sentence: what the step decided, on what; where the browser goes its own way, a second one says so. */
export function sentenceOf(ruling: RecordedRuling, deviation: Deviation | undefined): string {
  const sentence = sentences[ruling.step]
  const said = sentence === undefined ? `${ruling.step}: ${ruling.result}.` : sentence(ruling.facts ?? {}, ruling.result)
  return deviation === undefined ? said : `${said} ${deviation.explanation}`
}

const sentences: Readonly<Record<string, Sentence>> = {
  ...cookieSentences,
  ...elementSentences,
  'webidl/enumeration': (facts) => `The call throws a TypeError: "${text(facts, 'value')}" is no value for ${text(facts, 'member')}.`,
  'webidl/bytestring': (facts) =>
    `The call throws a TypeError: ${text(facts, 'member')} has a character beyond U+00FF, which cannot be sent.`,
  'request-constructor/5.2': (facts) => `The call throws a TypeError: "${text(facts, 'url')}" is no URL.`,
  'request-constructor/5.3': () => 'The call throws a TypeError: fetch() takes no URL with a user name or password.',
  'request-constructor/17': () => 'The call throws a TypeError: mode "navigate" is not for scripts.',
  'request-constructor/25.2': badMethod('TypeError'),
  'request-constructor/32.1': (facts) =>
    `The call throws a TypeError: with mode "no-cors" the method can be GET, HEAD or POST, and it is ${text(facts, 'method')}.`,
  'request-constructor/33.5': badHeader('TypeError'),
  'request-constructor/35': (facts) => `The call throws a TypeError: a ${text(facts, 'method')} request has no body.`,
  'xhr-open/2': badMethod('SyntaxError'),
  'xhr-open/3': (facts) => `open() throws a SecurityError: the method ${text(facts, 'method')} is forbidden.`,
  'xhr-open/6': (facts) => `open() throws a SyntaxError: "${text(facts, 'url')}" is no URL.`,
  'xhr-setrequestheader/4': badHeader('SyntaxError'),

  'main-fetch/5': (facts) => `The browser asks ${text(facts, 'upgraded')} instead: an image on an https page is upgraded from http.`,
  'main-fetch/7': (facts, result) => {
    if (result === 'mixed content')
      return `Blocked before sending: mixed content. The page ${text(facts, 'page')} came over https, and ${text(facts, 'url')} would not.`
    if (result === 'allowed as mixed content')
      return yes(facts, 'isTrustworthy')
        ? 'No mixed content: loopback counts as trustworthy without https.'
        : 'Mixed content that this browser lets through.'
    if (result === 'refused') return `The browser sends nothing: it does not let scripts set ${lower(text(facts, 'headerName'))}.`
    if (result === 'no such host') return 'The browser sends nothing: no server has a name with a space in it.'
    return `The browser sends nothing: port ${text(facts, 'port')} is blocked.`
  },
  'main-fetch/12': mainFetchWay,
  'main-fetch/14.1.2': () => 'The server exposes every header with *, and the request goes without credentials.',
  'main-fetch/14.1.3': (facts, result) => {
    if (result === 'failure') return 'access-control-expose-headers cannot be read as a list, so it exposes nothing.'
    const exposed = listed(facts, 'exposed')
    if (exposed === null || exposed.length === 0) return 'The script reads the safelisted headers only: the server exposes no others.'
    const star = exposed.includes('*') ? ' With credentials, * is just a name.' : ''
    return `The script reads the safelisted headers and what the server exposes: ${exposed.map(lower).join(', ')}.${star}`
  },
  'main-fetch/14.2': (_, result) =>
    result === 'basic'
      ? 'The script reads everything but set-cookie: the answer is of its own origin.'
      : 'The script gets an opaque response: no status, no headers, no body.',

  'http-fetch/4.1': (facts, result) =>
    result === 'in the cache'
      ? 'No preflight is sent: an earlier one is still in the CORS-preflight cache.'
      : `A new preflight is sent: ${lackOfCache(facts)}.`,
  'http-fetch/5': () => 'Blocked: cross-origin-resource-policy does not let this origin use the answer.',
  'http-fetch/6.3': (facts, result) =>
    result === 'error'
      ? `Blocked: the answer is a redirect (${num(facts, 'status')}), and redirect mode "error" refuses redirects.`
      : 'The redirect is not followed: redirect mode "manual" gives the script an opaque redirect.',

  'http-redirect-fetch/4': (facts) => `Status ${num(facts, 'status')} without a location leads nowhere, so it is the response.`,
  'http-redirect-fetch/5': () => 'Blocked: the location of the redirect is no URL.',
  'http-redirect-fetch/6': (facts) => `Blocked: the redirect leads to ${text(facts, 'scheme')}, and only http: and https: are followed.`,
  'http-redirect-fetch/7': () => 'Blocked: this would be the twenty-first redirect.',
  'http-redirect-fetch/9': () => 'Blocked: the redirect leads to another origin, with a user name or password in the URL.',
  'http-redirect-fetch/10': () =>
    'Blocked: the redirect leads to a URL with a user name or password, after the request went to another origin.',
  'http-redirect-fetch/18': (facts) => {
    const removed = listed(facts, 'removed') ?? []
    const method = yes(facts, 'becomesGET') ? '; the method becomes GET' : ''
    const without = removed.length > 0 ? `; ${and(removed)} ${removed.length > 1 ? 'are' : 'is'} removed` : ''
    return `Status ${num(facts, 'status')} leads to ${text(facts, 'locationURL')}${method}${without}.`
  },

  'http-network-or-cache-fetch/16': () => 'Status 407 does not come from a proxy here.',
  'http-network-or-cache-fetch/17': () => 'Status 421 asks for another connection: the same is sent once more.',
  'http-network-fetch/8.5': (facts, result) =>
    result === 'unanswered'
      ? `Nobody has answered the ${text(facts, 'method')} to ${text(facts, 'url')} yet.`
      : `No answer to the ${text(facts, 'method')}: ${uncapitalized(text(facts, 'reason'))}`,

  'cors-check/2': (facts) => `Blocked: the answer (status ${num(facts, 'status')}) has no access-control-allow-origin.`,
  'cors-check/3': () => 'The server allows every origin with *, and the request goes without credentials.',
  'cors-check/4': originMismatch,
  'cors-check/5': (facts) => `The server allows the origin ${text(facts, 'origin')}.`,
  'cors-check/7': (facts) => `The server allows the origin ${text(facts, 'origin')}, with credentials.`,
  'cors-check/8': (facts) => {
    const value = textOrNull(facts, 'allowCredentials')
    return value === null
      ? 'Blocked: the request goes with credentials, and the answer has no access-control-allow-credentials.'
      : `Blocked: access-control-allow-credentials is "${value}"; with credentials it must be "true", in lower case.`
  },

  'cors-preflight-fetch/7.3': (facts) => {
    const invalid = textOrNull(facts, 'invalid')
    return `Blocked: ${lower(text(facts, 'header'))} cannot be read as a list${invalid === null ? '' : `; "${invalid}" is no token`}.`
  },
  'cors-preflight-fetch/7.5': (facts, result) => {
    const method = text(facts, 'method')
    const methods = listed(facts, 'allowMethods')
    if (result === 'allowed') return `The server allows ${method}.`
    if (methods?.includes('*') === true)
      return `Blocked: the server allows methods with *, which does not count with credentials, so ${method} is not allowed.`
    const otherCase = methods?.find((each) => lower(each) === lower(method))
    if (otherCase !== undefined) return `Blocked: the server allows ${otherCase}, not ${method}; methods are case-sensitive.`
    return `Blocked: the server does not allow ${method}${methods === null ? '; there is no access-control-allow-methods' : ''}.`
  },
  'cors-preflight-fetch/7.6': (facts, result) =>
    result === 'allowed'
      ? 'The server allows authorization with *.'
      : listed(facts, 'allowHeaders')?.includes('*') === true
        ? 'Blocked: the server does not allow authorization by name; * does not cover it.'
        : 'Blocked: the server does not allow authorization.',
  'cors-preflight-fetch/7.7': (facts, result) => {
    const name = text(facts, 'headerName')
    if (result === 'allowed') return `The server allows ${name}.`
    if (listed(facts, 'allowHeaders')?.includes('*') === true)
      return `Blocked: the server allows headers with *, which does not count with credentials, so ${name} is not allowed.`
    return `Blocked: the server does not allow ${name}.`
  },
  'cors-preflight-fetch/7.16': (facts) => `The preflight passes; the browser remembers it for ${num(facts, 'maxAge')} s.`,
  'cors-preflight-fetch/8': (facts) =>
    `Blocked: the preflight is answered with status ${num(facts, 'status')}, which is not between 200 and 299.`,
}

function lackOfCache(facts: Facts): string {
  if (yes(facts, 'isExpired')) return 'what the CORS-preflight cache had of this URL has expired'
  if (!yes(facts, 'isMatched')) return 'what the CORS-preflight cache has of this URL is for other credentials'
  const method = textOrNull(facts, 'method')
  const missing = [...(method === null ? [] : [method]), ...(listed(facts, 'headerNames') ?? [])]
  return `what the CORS-preflight cache has of this URL does not allow ${and(missing)}`
}

function badMethod(error: string): Sentence {
  return (facts) =>
    yes(facts, 'isForbidden')
      ? `The call throws a ${error}: the method ${text(facts, 'method')} is forbidden.`
      : `The call throws a ${error}: "${text(facts, 'method')}" is no method.`
}

function badHeader(error: string): Sentence {
  return (facts) =>
    yes(facts, 'isName')
      ? `The call throws a ${error}: the value of ${lower(text(facts, 'headerName'))} cannot be sent.`
      : `The call throws a ${error}: "${text(facts, 'headerName')}" is no header name.`
}

function mainFetchWay(facts: Facts, result: string): string {
  const url = text(facts, 'url')
  switch (result) {
    case 'same origin':
      return `The URL is of the page's own origin, ${text(facts, 'origin')}: CORS does not apply.`
    case 'data':
      return 'A data: URL is read without a network: CORS does not apply.'
    case 'not a data: URL':
      return 'Blocked: the data: URL has no comma.'
    case 'not same origin':
      return `The browser sends nothing: mode "same-origin" keeps to the page's origin, ${text(facts, 'origin')}, and ${url} is not of it.`
    case 'no-cors needs redirect mode follow':
      return `The browser sends nothing: with mode "no-cors" redirects have to be followed, and the redirect mode is "${text(facts, 'redirectMode')}".`
    case 'no-cors':
      return 'Mode "no-cors": the request is sent without asking, and the script reads nothing of the answer.'
    case 'navigate':
      return 'A navigation is sent without asking: CORS does not apply.'
    case 'not an HTTP(S) scheme':
      return `Blocked: CORS works over http: and https: only, and this is ${text(facts, 'scheme')}.`
    case 'about:blank':
      return 'about:blank is an empty page; the script reads nothing of it.'
    case 'nothing to fetch':
      return `Blocked: there is nothing to fetch at ${text(facts, 'scheme')}.`
    case 'CORS':
      return `The request leaves the page's origin, ${text(facts, 'origin')}; method and headers are CORS-safelisted, so no preflight is needed.`
    default:
      return `The request leaves the page's origin, ${text(facts, 'origin')}, and needs a preflight: ${preflightReason(facts)}.`
  }
}

function preflightReason(facts: Facts): string {
  const method = textOrNull(facts, 'unsafeMethod')
  const names = listed(facts, 'unsafeHeaderNames') ?? []
  const unsafe = [...(method === null ? [] : [method]), ...names]
  if (unsafe.length > 0) return `${and(unsafe)} ${unsafe.length > 1 ? 'are' : 'is'} not CORS-safelisted`
  return yes(facts, 'useCORSPreflightFlag') ? 'a listener on xhr.upload asks for one' : 'it was preflighted before the redirect'
}

function originMismatch(facts: Facts): string {
  const allowed = text(facts, 'allowOrigin')
  const origin = text(facts, 'origin')
  if (allowed === '*') return `Blocked: the server says *; with credentials it must name the origin, ${origin}.`
  if (num(facts, 'values') > 1)
    return `Blocked: access-control-allow-origin is there ${num(facts, 'values')} times, as ${allowed}; it can name one origin only.`
  if (allowed.includes(',')) return `Blocked: access-control-allow-origin lists several values, ${allowed}; it can name one origin only.`
  if (allowed === `${origin}/`) return `Blocked: the server allows ${allowed}; an origin ends without a slash.`
  if (origin === 'null') return `Blocked: the server allows ${allowed || 'an empty value'}, and the origin is null.`
  return `Blocked: the server allows ${allowed || 'an empty value'}, not ${origin}.`
}

const lower = (name: string): string => name.toLowerCase()
const uncapitalized = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1)
const and = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
