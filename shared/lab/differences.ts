import { byteLowercase } from '#shared/fetch/header-list'
import { engineOrder } from './engine-names.ts'
import type { Prediction, ProfileName, TracedRuling } from './prediction.ts'
import { code } from './prose.ts'
import { verdictOf } from './verdict.ts'

export type Predictions = Readonly<Record<ProfileName, Prediction>>

/** One thing in which the engines are not of one mind. */
export interface Difference {
  readonly what: string
  readonly values: Readonly<Record<ProfileName, string>>
  /** The engines that stand apart. */
  readonly apart: readonly ProfileName[]
}

/** An engine's named way of doing otherwise than the standard, and what it did here. */
export interface NamedDeviation {
  readonly profile: ProfileName
  readonly name: string
  readonly ruling: TracedRuling
}

/** Where the engines differ, from the first message to the console. */
export function differencesOf(predictions: Predictions, shown: ProfileName): Difference[] {
  const rows: [what: string, value: (prediction: Prediction) => string][] = [
    ['Sends a preflight', ({ exchanges }) => (exchanges.some(({ kind }) => kind === 'preflight') ? 'yes' : 'no')],
    ...askedNames(predictions).map((name): (typeof rows)[number] => [
      `Preflight asks for ${code(name)}`,
      (prediction) => asksFor(prediction, name),
    ]),
    ['Requests sent', ({ exchanges }) => String(exchanges.filter(({ kind }) => kind === 'request').length)],
    ...sentOrigins(predictions),
    ...sentMethods(predictions),
    ['Verdict', (prediction) => verdictOf(prediction).word],
    ['Header or value that is blamed', (prediction) => (isBlocked(prediction) ? verdictOf(prediction).cause : '–')],
    ['Headers the script reads', ({ headers }) => (headers === undefined ? '–' : headers.join(', ') || 'none')],
    ['Console', (prediction) => (prediction.profile === 'standard' ? '–' : prediction.console === undefined ? 'nothing' : 'a message')],
  ]
  return rows.map(([what, value]) => difference(what, value, predictions, shown)).filter((row) => row !== null)
}

function difference(
  what: string,
  value: (prediction: Prediction) => string,
  predictions: Predictions,
  shown: ProfileName,
): Difference | null {
  const values = {
    standard: value(predictions.standard),
    chromium: value(predictions.chromium),
    firefox: value(predictions.firefox),
    webkit: value(predictions.webkit),
  }
  const told = engineOrder.filter((profile) => values[profile] !== '–')
  const usual = mostCommon(
    told.map((profile) => byteLowercase(values[profile])),
    byteLowercase(values[shown]),
  )
  const apart = told.filter((profile) => byteLowercase(values[profile]) !== usual)
  return apart.length === 0 ? null : { what, values, apart }
}

/** The value that most hold; where several are held by as many, `preferred` if it is one of them. */
function mostCommon(values: readonly string[], preferred: string): string | undefined {
  const count = (value: string) => values.filter((each) => each === value).length
  const most = Math.max(...values.map(count))
  return count(preferred) === most ? preferred : values.find((value) => count(value) === most)
}

const isBlocked = ({ outcome }: Prediction): boolean => outcome === 'network-error' || outcome === 'exception'

const firstPreflight = ({ exchanges }: Prediction) => exchanges.find(({ kind }) => kind === 'preflight')

const askedNames = (predictions: Predictions): string[] => [
  ...new Set(engineOrder.flatMap((profile) => (firstPreflight(predictions[profile])?.requestHeaders ?? []).map(byteLowercase))),
]

function asksFor(prediction: Prediction, name: string): string {
  const preflight = firstPreflight(prediction)
  if (!preflight) return '–'
  return (preflight.requestHeaders ?? []).some((each) => byteLowercase(each) === name) ? 'yes' : 'no'
}

type Row = [what: string, value: (prediction: Prediction) => string]

/** The n-th message of the same kind may carry another `Origin` after a redirect. */
const sentOrigins = (predictions: Predictions): Row[] => nth(predictions, 'Origin', ({ origin }) => origin ?? 'none')

const sentMethods = (predictions: Predictions): Row[] => nth(predictions, 'method', ({ method, requestMethod }) => requestMethod ?? method)

function nth(predictions: Predictions, what: string, of: (exchange: Prediction['exchanges'][number]) => string): Row[] {
  return (['preflight', 'request'] as const).flatMap((kind) => {
    const ofKind = (prediction: Prediction) => prediction.exchanges.filter((exchange) => exchange.kind === kind)
    const most = Math.max(...engineOrder.map((profile) => ofKind(predictions[profile]).length))
    return Array.from({ length: most }, (_, at): Row => {
      const which = most === 1 ? kind : `${kind} ${at + 1}`
      return [
        what === 'Origin' ? `${code('Origin')} of ${which}` : `Method of ${which}`,
        (prediction) => {
          const exchange = ofKind(prediction)[at]
          return exchange ? of(exchange) : '–'
        },
      ]
    })
  })
}

/** The named ways that played a part, each once. */
export function deviationsOf(predictions: Predictions): NamedDeviation[] {
  const found = new Map<string, NamedDeviation>()
  for (const profile of engineOrder) {
    for (const ruling of predictions[profile].trace) {
      if (ruling.deviation !== undefined) found.set(`${profile} ${ruling.deviation}`, { profile, name: ruling.deviation, ruling })
    }
  }
  return [...found.values()]
}
