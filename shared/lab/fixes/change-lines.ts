import { byteLowercase, type HeaderList } from '#shared/fetch/header-list'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import type { PredictedExchange, Prediction } from '../prediction.ts'
import type { World } from './world.ts'

/** Lines that go and lines that come, of one message or of what the script asks. */
export interface ChangedLines {
  readonly message: 'preflight' | 'response' | 'request'
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** What a fix changes, as it shows in the engine that it is for: in the answers that were had before, and in what the script writes. */
export function changedLines(before: World, after: World, predictedBefore: Prediction, predictedAfter: Prediction): ChangedLines[] {
  const request = difference('request', requestLines(before.scenario.request), requestLines(after.scenario.request))
  // An answer that there is none of, before or after, is no change of an answer.
  const answers = (['preflight', 'response'] as const)
    .filter((message) => exchangeOf(predictedBefore, message) !== undefined && exchangeOf(predictedAfter, message) !== undefined)
    .map((message) =>
      difference(message, answerLines(exchangeOf(predictedBefore, message)), answerLines(exchangeOf(predictedAfter, message))),
    )
  return [request, ...answers].filter(({ removed, added }) => removed.length + added.length > 0)
}

const exchangeOf = ({ exchanges }: Prediction, message: 'preflight' | 'response'): PredictedExchange | undefined =>
  exchanges.find(({ kind }) => kind === (message === 'preflight' ? 'preflight' : 'request'))

function difference(message: ChangedLines['message'], before: readonly string[], after: readonly string[]): ChangedLines {
  return { message, removed: without(before, after), added: without(after, before) }
}

/** One line takes away one: of a doubled line that is sent once, the other is left. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others]
  return lines.filter((line) => {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

function answerLines(exchange: PredictedExchange | undefined): string[] {
  if (exchange === undefined) return []
  const { answer } = exchange
  if (answer.type !== 'response') return ['(no answer)']
  return [
    `HTTP/1.1 ${answer.status} ${answer.statusMessage ?? ''}`.trimEnd(),
    ...lines(answer.headerList.filter(([name]) => isOfThePolicy(name))),
  ]
}

const isOfThePolicy = (name: string): boolean => /^(?:access-control-|vary$|location$)/.test(byteLowercase(name))

const lines = (headerList: HeaderList): string[] => headerList.map(([name, value]) => `${name}: ${value}`)

function requestLines({ api, url, method = 'GET', headers, body, mode, credentials, redirect, uploadListener }: ScenarioRequest): string[] {
  const usual = { mode: 'cors', credentials: 'same-origin', redirect: 'follow' }
  return [
    `${method} ${url}`,
    ...lines(headers),
    ...Object.entries({ mode, credentials, redirect }).map(([name, value]) => `${name}: ${value ?? usual[name as keyof typeof usual]}`),
    ...(body === undefined ? [] : ['body']),
    ...(api === 'xhr' && uploadListener ? ['a listener for upload events'] : []),
  ]
}
