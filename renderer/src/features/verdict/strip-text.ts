import { cookieStory } from '#shared/lab/cookie-story'
import { engineNames, engineOrder } from '#shared/lab/engine-names'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import { observedVerdict } from '#shared/lab/observed-verdict'
import { inWords } from '#shared/lab/prose'
import { verdictOf, type VerdictKind } from '#shared/lab/verdict'
import type { Scenario } from '#shared/scenario/scenario'
import { browserName, columnOf, isObserved, seenIn, type ProofView } from '../proof-view.ts'
import type { RunView } from '../run-view.ts'

export interface StripText {
  readonly kind: VerdictKind
  readonly happened: boolean
  readonly title: string
  readonly sentence: string
}

/** The strip's title and sentence: of the run or the proof, where there is one, else of the prediction for the engine shown. */
export function stripText(
  predictions: Readonly<Record<ProfileName, Prediction>>,
  run: RunView | null,
  proof: ProofView | null,
  shown: ProfileName,
  scenario: Scenario | null = null,
): StripText {
  if (run?.status === 'failed')
    return { kind: 'not-sent', happened: true, title: 'The run did not end', sentence: run.error ?? 'The lab does not know why.' }
  const ran = run?.result?.prediction
  const column = columnOf(proof, shown)
  const seen = seenIn(column)
  if (isObserved(column) && seen && run?.status !== 'running') {
    const { kind, word } = observedVerdict(seen.observation)
    const sentence = seen.difference
      ? `${browserName(column.browser)} did not do what was predicted, which is: ${lowerFirst(verdictOf(predictions[shown]).word)}.`
      : `So ${browserName(column.browser)} did. Nothing definite was predicted: ${lowerFirst(verdictOf(predictions[shown]).word)}.`
    return { kind, happened: true, title: word, sentence }
  }
  const happened = ran !== undefined || isObserved(column)
  const prediction = ran ?? predictions[shown]
  const verdict = verdictOf(prediction)
  const others = otherVerdicts(predictions, shown)
  const sentence = [
    verdict.sentence[happened ? 'run' : 'predicted'],
    scenario === null ? null : (cookieStory(scenario, prediction)?.sentence ?? null),
    others,
  ]
  const title =
    run?.status === 'running'
      ? `Running as ${engineNames[run.profile].versioned}`
      : happened
        ? verdict.word
        : `Prediction: ${lowerFirst(verdict.word)}`
  return { kind: verdict.kind, happened, title, sentence: sentence.filter((part) => part !== null).join(' ') }
}

/** `Allowed in Firefox and WebKit.`, where others would come to another end with the same answers. */
function otherVerdicts(predictions: Readonly<Record<ProfileName, Prediction>>, shown: ProfileName): string | null {
  const { short } = verdictOf(predictions[shown])
  const byVerdict = new Map<string, string[]>()
  for (const profile of engineOrder.filter((each) => each !== shown)) {
    const other = verdictOf(predictions[profile])
    if (other.short !== short) byVerdict.set(other.short, [...(byVerdict.get(other.short) ?? []), engineNames[profile].name])
  }
  const parts = [...byVerdict].map(([word, names]) => `${word} in ${inWords(names)}.`)
  return parts.length === 0 ? null : parts.join(' ')
}

const lowerFirst = (word: string): string => `${word.charAt(0).toLowerCase()}${word.slice(1)}`
