import type { Prediction } from '#shared/lab/prediction'
import { verdictOf } from '#shared/lab/verdict'
import type { MarkName } from '../verdict/marks.ts'
import { verdictMarks } from '../verdict/verdict-marks.ts'

/** A prediction, or what came of a run, as the mark of a row in a list. */
export function verdictMark(prediction: Prediction): { name: MarkName; word: string } {
  const { kind, word } = verdictOf(prediction)
  return { name: verdictMarks[kind].mark, word }
}
