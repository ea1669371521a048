import { corsCheckWords } from './cors-check-words.ts'
import { otherWords } from './other-words.ts'
import type { Prediction } from './prediction.ts'
import { preflightWords } from './preflight-words.ts'
import { stopPlace } from './stop.ts'

/** The same said of a prediction and of a run. */
export interface Tenses {
  readonly predicted: string
  readonly run: string
}

/** One line of evidence: a value as it went over the wire, the part of it that decided, and what it lacks. */
export interface EvidenceLine {
  readonly label: string
  readonly value: string
  /** A part of `value`. */
  readonly bad?: string
  /** What is not in `value`. */
  readonly missing?: string
}

/** Why a request was stopped, at the depths of the screen. */
export interface StopWords {
  /** A clause for the strip. */
  readonly lead: Tenses
  /** The name or value that decides, for the closed gate. */
  readonly brief: string
  /** The same for a cell: a few letters. */
  readonly blamed: string
  /** The title of the card. */
  readonly title: Tenses
  readonly because: string
  readonly evidence: readonly EvidenceLine[]
  /** What usually lies behind it. */
  readonly typically: string | null
  /** Names of the headers, lower case, whose lines in the messages decided. */
  readonly headers: readonly string[]
}

export function stopWords(prediction: Prediction): StopWords | null {
  const place = stopPlace(prediction)
  if (place === null) return null
  const { ruling } = prediction
  const last = prediction.exchanges.at(-1)
  if (last?.answer.type === 'response') {
    if (ruling.step.startsWith('cors-check/')) return corsCheckWords(ruling, last)
    if (ruling.step.startsWith('cors-preflight-fetch/')) return preflightWords(ruling, last)
  }
  return otherWords(ruling)
}
