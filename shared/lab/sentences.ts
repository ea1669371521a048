import type { Deviation } from '#shared/fetch/browser-profile'
import type { RecordedRuling } from '#shared/fetch/fetch-params'

/** One plain sentence: what the step decided, on what. */
export function sentenceOf(ruling: RecordedRuling, deviation: Deviation | undefined): string {
  return deviation === undefined ? `${ruling.step}: ${ruling.result}.` : `${ruling.step}: ${ruling.result}. ${deviation.explanation}`
}
