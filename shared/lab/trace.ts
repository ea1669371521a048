import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { RecordedRuling } from '#shared/fetch/fetch-params'
import { describeStep } from '#shared/fetch/standard'
import type { TracedRuling } from './prediction.ts'
import { sentenceOf } from './sentences.ts'

/** A ruling with its sentence and its link. */
export function traced(ruling: RecordedRuling, profile: BrowserProfile): TracedRuling {
  const deviation = ruling.deviation === undefined ? undefined : profile.deviations.find(({ name }) => name === ruling.deviation)
  return { ...ruling, sentence: sentenceOf(ruling, deviation), link: deviation?.link ?? describeStep(ruling.step).link }
}
