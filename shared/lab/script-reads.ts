import type { API } from '#shared/fetch/scripted-request'
import { elementRows } from './element-reads.ts'
import { engineOrder } from './engine-names.ts'
import type { Predictions } from './differences.ts'
import type { Prediction, ProfileName } from './prediction.ts'
import { networkErrorMessage } from './script-error.ts'
import { bodyWords } from './verdict.ts'

interface Reading {
  readonly text: string
  /** A verdict where the cell is one; else it is only text. */
  readonly verdict: 'allowed' | 'blocked' | 'opaque' | null
}

export interface ReadingRow {
  readonly what: string
  readonly readings: Readonly<Record<ProfileName, Reading>>
}

const text = (value: string): Reading => ({ text: value, verdict: null })
const nothing: Reading = { text: 'nothing', verdict: 'blocked' }
const hidden: Reading = { text: 'hidden', verdict: 'opaque' }
const unknown = text('not known')

/** What the script can read, engine by engine. */
export function scriptReads(predictions: Predictions, api: API): ReadingRow[] {
  const rows = api === 'fetch' || api === 'xhr' ? rowsOfCall(predictions, api) : elementRows(api)
  return rows.map(([what, reading]) => ({
    what,
    readings: {
      standard: reading(predictions.standard),
      chromium: reading(predictions.chromium),
      firefox: reading(predictions.firefox),
      webkit: reading(predictions.webkit),
    },
  }))
}

type Row = [what: string, reading: (prediction: Prediction) => Reading]

function rowsOfCall(predictions: Predictions, api: API): Row[] {
  const fails = engineOrder.some((profile) => failed(predictions[profile]))
  return [
    ['Status', (prediction) => part(prediction, String(prediction.status ?? 0))],
    ['Headers', (prediction) => part(prediction, headerCount(prediction))],
    ['Body', (prediction) => part(prediction, bodyWords(prediction) === 'the body' ? 'all of it' : 'none was sent')],
    ...(fails && api === 'fetch' ? [['Message of the error', errorText] satisfies Row] : []),
    ...(fails ? [['The reason', (prediction: Prediction) => (failed(prediction) ? nothing : text('–'))] satisfies Row] : []),
  ]
}

const failed = ({ outcome }: Prediction): boolean => outcome === 'network-error' || outcome === 'exception'

function part(prediction: Prediction, read: string): Reading {
  switch (prediction.outcome) {
    case 'basic':
    case 'cors':
    case 'load':
      return { text: read, verdict: 'allowed' }
    case 'opaque':
    case 'opaqueredirect':
      return hidden
    case 'unanswered':
    case 'not modelled':
      return unknown
    default:
      return nothing
  }
}

function headerCount({ headers = [] }: Prediction): string {
  return headers.length === 1 ? '1 name' : `${headers.length} names`
}

function errorText(prediction: Prediction): Reading {
  if (!failed(prediction)) return text('–')
  const message = prediction.outcome === 'exception' ? null : networkErrorMessage(prediction.profile)
  return text(message ?? 'its own words')
}
