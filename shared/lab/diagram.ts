import type { API } from '#shared/fetch/scripted-request'
import { statusMessages } from '#shared/policy/status-messages'
import type { DiagramRow, EndRow, GateName, GateRow, GateState, MessageRow } from './diagram-rows.ts'
import { cannotRead, checkPassed, needsPreflight, passedWords, readableWords } from './gate-words.ts'
import { answerNote, requestNote } from './message-notes.ts'
import { firstSentence } from './other-words.ts'
import type { PredictedExchange, Prediction } from './prediction.ts'
import { type Hop, hopsOf, stopPlace } from './stop.ts'
import { stopWords } from './stop-words.ts'

export interface DiagramContext {
  readonly api: API
}

/**
 * The exchange from top to bottom: whether a preflight is needed, the messages, the gates between them, and what the script reads in the end.
 * What a closed gate kept from happening is there too, as rows that were not reached.
 */
export function diagramOf(prediction: Prediction, context: DiagramContext): DiagramRow[] {
  const hops = hopsOf(prediction.exchanges)
  const rows = hops.length === 0 ? neverSent(prediction) : hops.flatMap((hop, at) => hopRows(prediction, hop, at, at === hops.length - 1))
  return [...rows, endRow(prediction, context)]
}

const questions: Readonly<Record<GateName, string>> = {
  'may-be-sent': 'May be sent',
  'needs-preflight': 'Needs a preflight',
  'preflight-passes': 'Preflight passes',
  'cors-check': 'CORS check',
  'may-be-followed': 'May be followed',
  'may-be-read': 'May be read',
}

const gate = (hop: number, name: GateName, state: GateState, answer: string, why: string | null, exchange: number | null): GateRow => ({
  kind: 'gate',
  id: `${hop}.${name}`,
  gate: name,
  state,
  question: questions[name],
  answer,
  why,
  exchange,
})

function neverSent(prediction: Prediction): DiagramRow[] {
  if (prediction.ruling.step === 'fetching-resources/url' && prediction.outcome === 'load')
    return [gate(0, 'may-be-sent', 'none', 'nothing to send', null, null)]
  const unknown = prediction.outcome === 'unanswered' || prediction.outcome === 'not modelled'
  return [
    unknown
      ? gate(0, 'may-be-sent', 'unknown', 'not known', prediction.ruling.sentence, null)
      : gate(0, 'may-be-sent', 'closed', 'no', stopWords(prediction)?.brief ?? null, null),
    ...ghosts(0, 'request', ''),
  ]
}

function hopRows(prediction: Prediction, hop: Hop, at: number, isLast: boolean): DiagramRow[] {
  const first = hop.preflight ?? hop.request
  const needs = needsPreflight(prediction, hop)
  return [
    ...(at === 0 ? [] : [{ kind: 'redirect' as const, id: `${at}.redirect`, url: hop.url }]),
    gate(at, 'needs-preflight', needs.needed ? 'yes' : 'no', needs.needed ? 'yes' : 'no', needs.why, first?.index ?? null),
    ...(hop.preflight ? preflightRows(prediction, hop.preflight.exchange, hop.preflight.index, at, hop.request !== null) : []),
    ...(hop.request ? requestRows(prediction, hop.request.exchange, hop.request.index, hop.preflight?.exchange ?? null, at, isLast) : []),
  ]
}

function preflightRows(prediction: Prediction, exchange: PredictedExchange, index: number, hop: number, passed: boolean): DiagramRow[] {
  const pair = messages(exchange, index, hop, 'preflight', null, true)
  if (passed) return [...pair, gate(hop, 'preflight-passes', 'passed', 'yes', passedWords(prediction, exchange, index), index)]
  const passes =
    exchange.answer.type === 'unanswered'
      ? gate(hop, 'preflight-passes', 'unknown', 'not known', null, index)
      : exchange.answer.type === 'network-error'
        ? gate(hop, 'preflight-passes', 'not-reached', 'not reached', null, index)
        : gate(hop, 'preflight-passes', 'closed', 'no', stopWords(prediction)?.brief ?? null, index)
  return [...pair, passes, ...ghosts(hop, exchange.requestMethod ?? 'request', pathOf(exchange.url))]
}

function requestRows(
  prediction: Prediction,
  exchange: PredictedExchange,
  index: number,
  preflight: PredictedExchange | null,
  hop: number,
  isLast: boolean,
): DiagramRow[] {
  const ruling = prediction.trace.findLast((each) => each.step.startsWith('cors-check/') && each.exchanges === index + 1)
  const rows: DiagramRow[] = messages(exchange, index, hop, 'request', preflight, ruling !== undefined)
  const check = (state: GateState, answer: string, why: string | null) => gate(hop, 'cors-check', state, answer, why, index)
  if (!isLast) return ruling ? [...rows, check('passed', 'passes', checkPassed(exchange))] : rows
  const closed = stopWords(prediction)?.brief ?? null
  if (exchange.answer.type === 'unanswered') return [...rows, check('unknown', 'not known', null)]
  const place = stopPlace(prediction)
  switch (place) {
    case 'no-answer':
      return [...rows, check('not-reached', 'not reached', null)]
    case 'cors-check':
      return [...rows, check('closed', 'fails', closed)]
    case 'redirect':
    case 'elsewhere':
      return [
        ...rows,
        ...(ruling ? [check('passed', 'passes', checkPassed(exchange))] : []),
        gate(hop, place === 'redirect' ? 'may-be-followed' : 'may-be-read', 'closed', 'no', closed, index),
      ]
    default:
      return [...rows, ruling ? check('passed', 'passes', checkPassed(exchange)) : check('none', 'none', cannotRead(prediction))]
  }
}

function messages(
  exchange: PredictedExchange,
  index: number,
  hop: number,
  part: 'preflight' | 'request',
  preflight: PredictedExchange | null,
  isChecked: boolean,
): MessageRow[] {
  const isPreflight = part === 'preflight'
  const { answer } = exchange
  const out: MessageRow = {
    kind: 'message',
    id: `${hop}.${part}`,
    direction: 'out',
    isPreflight,
    state: 'sent',
    head: exchange.method,
    tail: pathOf(exchange.url),
    note: requestNote(exchange, preflight),
    exchange: index,
  }
  const back: Omit<MessageRow, 'state' | 'head' | 'tail' | 'note'> = {
    kind: 'message',
    id: `${hop}.${part}-answer`,
    direction: 'back',
    isPreflight,
    exchange: index,
  }
  switch (answer.type) {
    case 'response':
      return [
        out,
        {
          ...back,
          state: 'sent',
          head: String(answer.status),
          tail: answer.statusMessage ?? statusMessages[answer.status] ?? '',
          note: answerNote(exchange, isChecked),
        },
      ]
    case 'network-error':
      return [out, { ...back, state: 'lost', head: 'no answer', tail: '', note: firstSentence(answer.reason) }]
    case 'unanswered':
      return [out, { ...back, state: 'unknown', head: 'answer', tail: 'not known', note: null }]
  }
}

/** What a closed gate kept from happening. */
function ghosts(hop: number, head: string, tail: string): DiagramRow[] {
  const ghost = { kind: 'message' as const, isPreflight: false, state: 'not-reached' as const, note: null, exchange: null }
  return [
    { ...ghost, id: `${hop}.request`, direction: 'out', head, tail },
    { ...ghost, id: `${hop}.request-answer`, direction: 'back', head: 'response', tail: '' },
    gate(hop, 'cors-check', 'not-reached', 'not reached', null, null),
  ]
}

function endRow(prediction: Prediction, { api }: DiagramContext): EndRow {
  const end = { kind: 'end' as const, id: 'end', question: 'The script reads' }
  return { ...end, ...readableWords(prediction, api) }
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}
