import type { Observation, ObservedExchange } from './observation.ts'
import type { Ending, Prediction } from './prediction.ts'
import { recordedExchanges } from './recorded-form.ts'

/** The first thing in which a prediction and an observation are not of one mind. */
export interface Disagreement {
  /** Which exchange, counted from 0; null where it is about the end of it all. */
  readonly exchange: number | null
  /** Of several requests: whose end it is about, counted from 0. */
  readonly request?: number
  /** `exchange`: one of the two has one more. */
  readonly field: 'exchange' | (typeof exchangeFields)[number] | (typeof endFields)[number] | 'console'
  /** What each says, as text to be read; null where it says nothing. */
  readonly predicted: string | null
  readonly observed: string | null
}

/** Whether a browser did what was predicted; `unknown` where nothing definite was predicted. */
export type Agreement =
  | { readonly agrees: 'yes' }
  | { readonly agrees: 'no'; readonly difference: Disagreement }
  | { readonly agrees: 'unknown'; readonly outcome: 'unanswered' | 'not modelled' }

const exchangeFields = ['kind', 'method', 'url', 'origin', 'requestMethod', 'requestHeaders', 'cookies'] as const
const endFields = ['outcome', 'status', 'headers', 'readable'] as const

/** Holds a prediction against what the browser of its profile did: field by field, in the order in which things happen. */
export function compare(prediction: Prediction, observation: Observation): Agreement {
  for (const { outcome } of endingsOf(prediction))
    if (outcome === 'unanswered' || outcome === 'not modelled') return { agrees: 'unknown', outcome }
  const difference =
    inExchanges(recordedExchanges(prediction), observation.exchanges) ?? atTheEnd(prediction, observation) ?? inConsole(prediction, observation)
  return difference === null ? { agrees: 'yes' } : { agrees: 'no', difference }
}

function inExchanges(predicted: readonly ObservedExchange[], observed: readonly ObservedExchange[]): Disagreement | null {
  for (let at = 0; at < Math.max(predicted.length, observed.length); at++) {
    const [one, other] = [predicted[at], observed[at]]
    if (one === undefined || other === undefined)
      return {
        exchange: at,
        field: 'exchange',
        predicted: one === undefined ? null : line(one),
        observed: other === undefined ? null : line(other),
      }
    for (const field of exchangeFields) {
      if (said(one[field]) !== said(other[field])) return { exchange: at, field, predicted: said(one[field]), observed: said(other[field]) }
    }
  }
  return null
}

function atTheEnd(prediction: Prediction, observation: Observation): Disagreement | null {
  const observed = endingsOf(observation)
  const endings = endingsOf(prediction)
  for (const [request, ending] of endings.entries()) {
    const other: Partial<Ending> = observed[request] ?? {}
    const field = endFields.find((each) => said(ending[each]) !== said(other[each]))
    if (field !== undefined)
      return {
        exchange: null,
        ...(endings.length > 1 ? { request } : {}),
        field,
        predicted: said(ending[field]),
        observed: said(other[field]),
      }
  }
  return null
}

const endingsOf = (seen: Partial<Ending> & { readonly outcomes?: readonly Ending[] }): readonly Partial<Ending>[] => seen.outcomes ?? [seen]

/** MiniBrowser's messages were not recorded, so an observation of WebKit without one says nothing. */
function inConsole({ profile, console }: Prediction, observation: Observation): Disagreement | null {
  const observed = observation.console?.[0]
  if (profile === 'webkit' && observed === undefined) return null
  if (withoutRandomness(console) === withoutRandomness(observed)) return null
  return { exchange: null, field: 'console', predicted: console ?? null, observed: observed ?? null }
}

/** Firefox names an opaque origin by a random UUID, another each time. */
const withoutRandomness = (message: string | undefined): string | undefined =>
  message?.replace(/moz-nullprincipal:\{[0-9a-f-]+\}/g, 'moz-nullprincipal:{}')

const line = ({ method, url }: ObservedExchange): string => `${method} ${url}`

const said = (value: string | number | boolean | readonly string[] | null | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'object' ? value.join(', ') : String(value)
