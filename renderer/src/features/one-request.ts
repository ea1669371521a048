import type { Agreement } from '#shared/lab/compare'
import { withoutRepeats, recordedExchanges } from '#shared/lab/recorded-form'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import { partOf } from '#shared/lab/sequence'
import type { BrowserProof, ProofView } from './proof-view.ts'
import type { RunView } from './run-view.ts'

/** What the screen shows of one request of a scenario, counted from 0: the predictions, the run and the proof of it alone. */

export const partsOf = (predictions: Readonly<Record<ProfileName, Prediction>>, at: number): Record<ProfileName, Prediction> => ({
  standard: partOf(predictions.standard, at),
  chromium: partOf(predictions.chromium, at),
  firefox: partOf(predictions.firefox, at),
  webkit: partOf(predictions.webkit, at),
})

/** The rows of one request are told apart by their own ids; in a scenario of several, with the request's place before them. */
export const rowId = (requests: number, at: number, row: string): string => (requests > 1 ? `${at}/${row}` : row)

/** Whose row it is, and its id there. */
export function rowOf(id: string): { at: number; row: string } {
  const [, at = '0', row = id] = /^(\d+)\/(.*)$/.exec(id) ?? []
  return { at: Number(at), row }
}

/** While it runs, the exchanges are shared out as was predicted. */
export function runOfPart(run: RunView | null, predicted: Prediction, at: number): RunView | null {
  const whole = run?.result?.prediction ?? predicted
  if (run === null || whole.parts === undefined) return run
  const before = exchangesBefore(whole, at)
  const exchanges = run.exchanges.slice(before, before + partOf(whole, at).exchanges.length)
  const { result } = run
  if (result === null) return { ...run, exchanges }
  const last = exchanges.at(-1)
  const took = last === undefined ? result.took : last.startedAt + last.endedAfter - result.startedAt
  return { ...run, exchanges, result: { ...result, took, prediction: partOf(result.prediction, at) } }
}

/** How many exchanges the requests before have. */
export const exchangesBefore = ({ parts = [] }: Prediction, at: number): number =>
  parts.slice(0, at).reduce((sum, { exchanges }) => sum + exchanges.length, 0)

/**
 * A browser's proxy sees exchanges, not which request they belong to: those of one request are taken to be as predicted, but for the one at
 * which the browser went another way. How each request ended is known.
 */
export function proofOfPart(proof: ProofView | null, predictions: Readonly<Record<ProfileName, Prediction>>, at: number): ProofView | null {
  if (proof === null) return null
  const browsers = proof.browsers.map((each) => browserOfPart(each, predictions[each.browser.engine], at))
  return { ...proof, browsers }
}

function browserOfPart(each: BrowserProof, whole: Prediction, at: number): BrowserProof {
  const ending = each.observation?.outcomes?.[at]
  if (each.observation === null || each.agreement === null || ending === undefined || whole.parts === undefined) return each
  const observation = { id: each.observation.id, exchanges: withoutRepeats(recordedExchanges(partOf(whole, at))), ...ending }
  return { ...each, observation, agreement: agreementOfPart(each.agreement, whole, at) }
}

function agreementOfPart(agreement: Agreement, whole: Prediction, at: number): Agreement {
  if (agreement.agrees !== 'no') return agreement
  const { difference } = agreement
  const parts = whole.parts ?? []
  // The message is the first of all requests'; it is told of the last.
  if (difference.exchange === null) return (difference.request ?? parts.length - 1) === at ? agreement : { agrees: 'yes' }
  const { part, exchange } = placeOf(parts, difference.exchange)
  return part === at ? { agrees: 'no', difference: { ...difference, exchange } } : { agrees: 'yes' }
}

/** Which request's which exchange one of an observation is, in which repeats in a row count once. */
function placeOf(parts: readonly Prediction[], observed: number): { part: number; exchange: number } {
  const all = parts.flatMap((each, part) => recordedExchanges(each).map((exchange, at) => ({ part, at, said: JSON.stringify(exchange) })))
  const counted = all.filter(({ said }, at) => at === 0 || said !== all[at - 1]?.said)
  const found = counted[observed]
  return found ? { part: found.part, exchange: found.at } : { part: parts.length - 1, exchange: parts.at(-1)?.exchanges.length ?? 0 }
}
