import type { Facts } from '#shared/fetch/ruling'
import { num, text, textOrNull } from './facts.ts'

type Sentence = (facts: Facts, result: string) => string

const typeOf = (facts: Facts): string => {
  const mimeType = textOrNull(facts, 'mimeType')
  return mimeType === null || mimeType === '' ? 'the answer has no content-type' : `the content-type is ${mimeType}`
}

const status: Sentence = (facts, result) =>
  result === 'no body'
    ? `Status ${num(facts, 'status')} comes without a body.`
    : `Status ${num(facts, 'status')} is not between 200 and 299.`

const noURL: Sentence = (facts) => `The constructor throws a SyntaxError: "${text(facts, 'url')}" is no URL.`

/** What an element or another API than fetch() and XMLHttpRequest decides, by step. */
export const elementSentences: Readonly<Record<string, Sentence>> = {
  'fetching-resources/url': (facts, result) => {
    if (result === 'about:blank') return 'Without a URL the frame stays empty: about:blank.'
    return result === 'failure' ? `Fails: "${text(facts, 'url')}" is no URL.` : `"${text(facts, 'url')}" is no URL, so nothing happens.`
  },
  'fetching-resources/scheme': (facts) => `The lab does not know what ${text(facts, 'api')} makes of a ${text(facts, 'scheme')} URL.`,
  'fetching-resources/credentials': () => 'The lab does not know what becomes of a user name or password in the URL of an element.',

  'blocked-due-to-its-mime-type/4': (facts) => `Blocked: ${typeOf(facts)}, which no script has.`,
  'blocked-due-to-nosniff/4': (facts) => `Blocked: with nosniff a script has to be JavaScript by its type, and ${typeOf(facts)}.`,
  'blocked-due-to-nosniff/5': (facts) => `Blocked: with nosniff a style sheet has to be text/css by its type, and ${typeOf(facts)}.`,
  'opaque-response-blocking/never-sniffed': (facts) => `Blocked: no element shows ${text(facts, 'mimeType')}.`,
  'opaque-response-blocking/nosniff': (facts) => `Blocked: with nosniff ${text(facts, 'mimeType')} is taken for data.`,
  'opaque-response-blocking/range': () => 'Blocked: the answer is a part that does not begin at the beginning.',
  'opaque-response-blocking/markup': () => 'Blocked: the body begins as HTML or XML.',
  'opaque-response-blocking/data': () => 'Blocked: the body begins as JSON, or as data kept from being run.',
  'opaque-response-blocking/status': (facts) =>
    `Blocked: status ${num(facts, 'status')} is not between 200 and 299, and the body is no image.`,
  'opaque-response-blocking/media': (facts) => `Blocked: the body is not what ${text(facts, 'mimeType')} says.`,
  'opaque-response-blocking/no-script': () => 'Blocked: the body is neither an image nor JavaScript.',

  'update-the-image-data/decode': (_, result) =>
    result === 'not known' ? 'Whether the body is an image, the lab does not know.' : 'Fails: the body is no image.',
  'update-the-image-data/origin': (_, result) =>
    result === 'CORS-same-origin'
      ? 'The image loads, and a canvas with it can be read.'
      : 'The image loads; a canvas with it is tainted, so nothing of it can be read.',

  'fetch-a-classic-script/5.2': status,
  'fetch-a-classic-script/5.6': (_, result) =>
    result === 'muted errors'
      ? 'The script runs; of its errors the page learns "Script error." alone.'
      : 'The script runs, and its errors are reported in full.',
  'parse-script/2': () => 'It hangs on the syntax of the body, and the parser that reads it is being loaded.',
  'fetch-a-single-module-script/status': status,
  'fetch-a-single-module-script/mime-type': (facts) => `Fails: a module has to be JavaScript by its type, and ${typeOf(facts)}.`,
  'fetch-a-single-module-script/create': (_, result) =>
    result === 'SyntaxError'
      ? 'The body is no module: it has a syntax error.'
      : 'The module asks for others, which the lab does not follow.',
  'fetch-a-single-module-script/evaluate': () => 'The module runs, and its errors are reported in full.',
  'fetch-a-classic-worker-script/status': status,
  'fetch-a-classic-worker-script/mime-type': (facts) => `A worker's script has to be JavaScript by its type, and ${typeOf(facts)}.`,
  'fetch-a-classic-worker-script/evaluate': () => 'The worker runs.',
  'worker/url': (facts, result) =>
    result === 'SecurityError'
      ? `The constructor throws a SecurityError: a worker has to come from the page's origin, ${text(facts, 'origin')}.`
      : noURL(facts, result),

  'font-face-load/status': status,
  'font-face-load/decode': (_, result) => {
    if (result === 'not known') return 'Whether the body is a font, the lab does not know.'
    return result === 'font' ? 'The font loads.' : 'Fails: the body is no font.'
  },

  'link-type-stylesheet/status': status,
  'link-type-stylesheet/mime-type': (facts) => `A style sheet has to be text/css by its type, and ${typeOf(facts)}.`,
  'link-type-stylesheet/create': (_, result) =>
    result === 'origin-clean'
      ? 'The style sheet applies, and scripts can read its rules.'
      : 'The style sheet applies; scripts cannot read its rules.',
  'link-type-preload/6.1': (facts, result) =>
    result === 'not an ok status' ? `Fails: status ${num(facts, 'status')} is not between 200 and 299.` : 'The preload fires load.',

  'x-frame-options/6': () => 'The frame stays empty: X-Frame-Options says more than one thing.',
  'x-frame-options/8': () => 'The frame stays empty: X-Frame-Options says DENY.',
  'x-frame-options/9': () => 'The frame stays empty: X-Frame-Options says SAMEORIGIN, and the page is of another origin.',
  'iframe-load-event-steps/document': (_, result) => {
    if (result === 'no body') return 'The lab does not know what a frame tells the page where an answer has no body.'
    if (result === 'frame-ancestors') return 'The lab does not know yet what frame-ancestors lets a frame show.'
    return 'The lab does not know what a frame tells the page of an answer that is saved, or shown by other means.'
  },
  'iframe-load-event-steps/load': (_, result) => {
    if (result === 'an error page') return 'The frame shows an error page, and fires load as for any other.'
    return result === 'same origin'
      ? 'The frame loads, and the page reaches its document.'
      : 'The frame loads; its document is of another origin, out of the page’s reach.'
  },

  'eventsource/4': noURL,
  'eventsource/15.3': (facts, result) => {
    if (result === 'not UTF-8') return `The connection fails: ${typeOf(facts)}.`
    return num(facts, 'status') === 200
      ? `The connection fails: events need the content-type text/event-stream, and ${typeOf(facts)}.`
      : `The connection fails: events need status 200, and this is ${num(facts, 'status')}.`
  },
  'eventsource/15.4': () => 'The connection is open, and the page reads its events.',

  'sendbeacon/3': (facts) => `sendBeacon() throws a TypeError: "${text(facts, 'url')}" is no http: or https: URL.`,
  'sendbeacon/6.2': (facts) => `sendBeacon() returns false: ${num(facts, 'bytes')} bytes are more than the 65,536 that may be under way.`,
  'sendbeacon/7': () => 'sendBeacon() returns true; nobody is told what comes of it.',
}
