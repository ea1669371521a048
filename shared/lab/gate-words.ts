import type { API } from '#shared/fetch/scripted-request'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { Facts } from '#shared/fetch/ruling'
import type { EndRow } from './diagram-rows.ts'
import { loadedWords } from './element-words.ts'
import type { PredictedExchange, Prediction } from './prediction.ts'
import { code, listed } from './prose.ts'
import { networkErrorMessage } from './script-error.ts'
import type { Hop } from './stop.ts'
import { answeredHeaderNames, bodyWords } from './verdict.ts'

/** Whether a hop begins with a preflight, and which method and header names make it so. */
export function needsPreflight({ trace }: Prediction, { preflight, request }: Hop): { needed: boolean; why: string } {
  const first = preflight?.index ?? request?.index ?? 0
  const ruling = trace.findLast(({ step, exchanges }) => step === 'main-fetch/12' && exchanges === first)
  const cached = trace.some(({ step, result, exchanges }) => step === 'http-fetch/4.1' && result === 'in the cache' && exchanges === first)
  if (cached) return { needed: false, why: 'a preflight’s answer is kept for it' }
  if (preflight) return { needed: true, why: whyPreflight(ruling?.facts ?? {}, preflight.exchange) }
  if (ruling?.result === 'same origin') return { needed: false, why: 'same origin' }
  if (ruling?.result === 'no-cors') return { needed: false, why: 'mode `no-cors` never asks' }
  return { needed: false, why: `${code(request?.exchange.method ?? '')} and its headers are CORS-safelisted` }
}

function whyPreflight(
  { unsafeMethod, unsafeHeaderNames, preflightedBefore }: Facts,
  { requestMethod = '', requestHeaders = [] }: PredictedExchange,
): string {
  const method = unsafeMethod === null ? [] : [requestMethod]
  const names = Array.isArray(unsafeHeaderNames) ? unsafeHeaderNames.filter((name) => typeof name === 'string') : requestHeaders
  const unsafe = [...method, ...names]
  if (unsafe.length > 0) return `not CORS-safelisted: ${unsafe.map(code).join(', ')}`
  return preflightedBefore === true ? 'it was preflighted before the redirect' : 'a listener on `xhr.upload` asks for one'
}

/** What the answer to a preflight allows, and for how long. */
export function passedWords({ trace }: Prediction, { requestHeaders = [] }: PredictedExchange, index: number): string {
  const allowed = requestHeaders.length > 0 ? 'all that was asked for is allowed' : 'the method is allowed'
  const maxAge = trace.find(({ step, exchanges }) => step === 'cors-preflight-fetch/7.16' && exchanges === index + 1)?.facts?.['maxAge']
  return typeof maxAge === 'number' ? `${allowed}; kept for ${maxAge} s` : allowed
}

export function checkPassed({ answer, origin }: PredictedExchange): string | null {
  const allowed = answer.type === 'response' ? get(answer.headerList, 'Access-Control-Allow-Origin') : null
  if (allowed === '*') return '`Access-Control-Allow-Origin` is `*`'
  if (allowed === 'null') return '`Access-Control-Allow-Origin` is `null`, as the origin'
  return origin === null ? null : '`Access-Control-Allow-Origin` is the page’s origin'
}

/** Why there is no CORS check for the last answer. */
export function cannotRead({ outcome, trace }: Prediction): string | null {
  if (outcome === 'opaque') return 'mode `no-cors`: the answer stays opaque'
  if (outcome === 'opaqueredirect') return 'the redirect is not followed'
  const way = trace.findLast(({ step }) => step === 'main-fetch/12')?.result
  if (way === 'no-cors') return 'without `crossorigin` nothing is asked'
  if (way === 'navigate') return 'a navigation asks nothing'
  return outcome === 'basic' || outcome === 'load' ? 'same origin' : null
}

/** What the script gets in the end, and what is kept from it. */
export function readableWords(prediction: Prediction, api: API): Pick<EndRow, 'state' | 'answer' | 'why'> {
  switch (prediction.outcome) {
    case 'load':
      return loadedEnd(prediction) ?? { state: 'readable', answer: readable(prediction), why: hiddenWords(prediction) }
    case 'basic':
    case 'cors':
      return { state: 'readable', answer: readable(prediction), why: hiddenWords(prediction) }
    case 'opaque':
      return { state: 'opaque', answer: 'that an answer came', why: 'status 0, no header, an empty body' }
    case 'opaqueredirect':
      return { state: 'opaque', answer: 'that there was a redirect', why: 'status 0, no header, an empty body' }
    case 'sent':
      return { state: 'opaque', answer: '`true`', why: 'what comes of a beacon, no script is told' }
    case 'refused':
      return { state: 'unreadable', answer: '`false`', why: 'the beacon is not sent' }
    case 'unanswered':
    case 'not modelled':
      return { state: 'unknown', answer: 'not known', why: null }
    case 'network-error':
    case 'exception':
      return { state: 'unreadable', answer: 'nothing', why: failure(prediction, api) }
  }
}

/** An element that loaded: what a look at it yields. */
function loadedEnd(prediction: Prediction): Pick<EndRow, 'state' | 'answer' | 'why'> | null {
  const words = loadedWords(prediction)
  if (words === null) return null
  const [expression, yields] = words.probe
  return { state: words.kind === 'allowed' ? 'readable' : 'opaque', answer: words.cause, why: `${code(expression)}: ${yields}` }
}

function readable(prediction: Prediction): string {
  const count = prediction.headers?.length ?? 0
  const body = bodyWords(prediction) === 'the body' ? 'body' : 'no body'
  return `status ${prediction.status ?? 0}, ${body}, ${count === 1 ? '1 header' : `${count} headers`}`
}

/** The header names of the answer that the script does not see. */
export function hiddenHeaders({ headers = [], exchanges }: Prediction): string[] {
  const readableNames = new Set(headers.map(byteLowercase))
  return answeredHeaderNames(exchanges.at(-1)).filter((name) => !readableNames.has(name))
}

function hiddenWords(prediction: Prediction): string {
  const hidden = hiddenHeaders(prediction)
  const others = hidden.filter((name) => !name.startsWith('access-control-'))
  if (hidden.length === 0) return 'nothing is hidden'
  if (others.length === 0) return 'hidden: the `access-control` headers'
  return others.length < hidden.length
    ? `hidden: ${others.map(code).join(', ')} and the \`access-control\` headers`
    : `hidden: ${listed(others)}`
}

function failure({ outcome, profile }: Prediction, api: API): string {
  if (api === 'xhr')
    return outcome === 'exception' ? '`open()`, `setRequestHeader()` or `send()` throws' : 'the `error` event; `status` is `0`'
  if (api !== 'fetch') return outcome === 'exception' ? 'the call throws' : 'the `error` event, without a reason'
  const message = outcome === 'exception' ? null : networkErrorMessage(profile)
  return `\`fetch()\` rejects: ${code(message === null ? 'TypeError' : `TypeError: ${message}`)}`
}
