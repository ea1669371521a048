import type { RunExchange, WireMessage } from '#shared/contract/wire'
import { cookieStory } from '#shared/lab/cookie-story'
import { engineNames } from '#shared/lab/engine-names'
import type { PredictedExchange, Prediction, TracedRuling } from '#shared/lab/prediction'
import { plain } from '#shared/lab/prose'
import { recordedExchanges } from '#shared/lab/recorded-form'
import { movedBy, runWaits } from '#shared/lab/run-waits'
import { verdictOf } from '#shared/lab/verdict'
import type { Scenario } from '#shared/scenario/scenario'
import { forTerminal } from './for-terminal.ts'

/** What `--json` prints of a prediction: the fields of a recorded observation, and why; where cookies are at hand, what is their doing. */
export function compact(scenario: Scenario, prediction: Prediction): object {
  const { id, outcome, status, headers, readable, outcomes, console, ruling, trace } = prediction
  const story = cookieStory(scenario, prediction)
  return {
    id,
    exchanges: recordedExchanges(prediction),
    ...(outcomes === undefined ? { outcome, status, headers, readable } : { outcomes }),
    console,
    ...(story === null ? {} : { cookieStory: story }),
    ruling,
    trace,
  }
}

/**
 * For people: what crossed the wire, what it came to, and the step of the standard behind each turn.
 * @param tense of the verdict's sentence.
 * @param wire the exchanges of a run as they crossed the socket, the n-th for the prediction's n-th.
 */
export function report(scenario: Scenario, prediction: Prediction, tense: 'predicted' | 'run', wire: readonly RunExchange[] = []): string {
  const verdict = verdictOf(prediction)
  const { console: message, headers } = prediction
  const story = cookieStory(scenario, prediction)
  const moved = tense === 'run' ? movedBy(runWaits(scenario)) : 0
  const text = [
    `${prediction.id} (${tense === 'run' ? 'run' : 'prediction'}, ${engineNames[prediction.profile].exactly})`,
    ...prediction.exchanges.map((exchange, index) => messages(exchange, wire[index])),
    `${verdict.word}. ${plain(verdict.sentence[tense])}`,
    ...(moved === 0
      ? []
      : [`The run did not wait for ${moved / 1000} s of the scenario’s waits: it moved the clock by which caches and cookies expire.`]),
    ...(story === null ? [] : [plain(story.sentence)]),
    ...(headers?.length ? [`The script reads ${headers.join(', ')}.`] : []),
    ...(message === undefined ? [] : [`Console: ${message}`]),
    ['Why', ...prediction.trace.map(ruled)].join('\n'),
    '',
  ].join('\n\n')
  return forTerminal(text)
}

function messages(exchange: PredictedExchange, wire: RunExchange | undefined): string {
  const title = exchange.kind === 'preflight' ? 'CORS-preflight request' : 'Request'
  const request = wire ? head(wire.request) : lines(`${exchange.method} ${exchange.url}`, exchange.headerList)
  return [
    `${title}${wire ? `, ${wire.endedAfter.toFixed(1)} ms` : ''}`,
    prefixed('> ', request),
    prefixed('< ', answer(exchange, wire)),
  ].join('\n')
}

function answer({ answer: given }: PredictedExchange, wire: RunExchange | undefined): string {
  if (wire?.response) return head(wire.response) + (wire.trouble === undefined ? '' : `\n(${wire.trouble})`)
  if (wire?.trouble !== undefined) return `(${wire.trouble})`
  if (given.type === 'network-error') return `(${given.reason})`
  return given.type === 'response' ? lines(String(given.status), given.headerList) : '(nobody has answered yet)'
}

const lines = (first: string, headerList: PredictedExchange['headerList']): string =>
  [first, ...headerList.map(([name, value]) => `${name}: ${value}`)].join('\n')

/** The message down to the empty line, as it crossed the socket. */
const head = ({ bytes }: WireMessage): string =>
  Buffer.from(bytes, 'base64').toString('latin1').split('\r\n\r\n', 1).join('').replaceAll('\r\n', '\n')

const prefixed = (prefix: string, text: string): string => text.replaceAll(/^/gm, `  ${prefix}`)

const marks: Readonly<Record<TracedRuling['effect'], string>> = { passed: '✓', stopped: '✗', decided: '·' }

const ruled = ({ effect, sentence, step, link, deviation }: TracedRuling): string =>
  `  ${marks[effect]} ${plain(sentence)}\n    ${step}${deviation === undefined ? '' : ` (${deviation})`}  ${link}`
