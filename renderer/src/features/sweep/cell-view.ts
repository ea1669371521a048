import type { ProfileName } from '#shared/lab/prediction'
import { engineOrder } from '#shared/lab/engine-names'
import { cellChange, type CellChange } from '#shared/lab/sweep/comparison'
import { summaryOf, type CellSummary, type CellVerdict, type CellVerdicts } from '#shared/lab/sweep/verdicts'
import type { MarkName } from '../verdict/marks.ts'

/** What became of a cell in an engine that was really asked: run by the lab as that engine, or proven in that browser. */
export interface Happened {
  readonly by: 'run' | 'proof'
  /** null: it could not be told, because of `trouble`. */
  readonly verdict: CellVerdict | null
  readonly trouble: string | null
}
export type CellHappened = Partial<Record<ProfileName, Happened>>

export interface CellView {
  readonly kind: CellSummary['kind'] | CellChange
  readonly mark: MarkName
  /** Colours the cell. */
  readonly tone: CellSummary['kind']
  readonly letters: string
  /** Filled: what is shown happened. */
  readonly solid: boolean
  /** Something happened that was not predicted, or could not be told. */
  readonly trouble: string | null
  readonly words: string
}

const toneMarks: Readonly<Record<CellSummary['kind'], MarkName>> = {
  read: 'allowed',
  blocked: 'blocked',
  opaque: 'opaque',
  unknown: 'unknown',
  differs: 'differs',
}

export const verdictWords: Readonly<Record<CellVerdict, string>> = {
  read: 'allowed',
  'read-preflighted': 'allowed after a preflight',
  opaque: 'opaque',
  preflight: 'blocked at the preflight',
  'cors-check': 'blocked at the CORS check',
  'not-sent': 'not sent',
  failed: 'network error',
  unknown: 'not modelled',
}

/** @param profile the engine that is looked at; null: all of them. */
export function cellView(
  predicted: CellVerdicts,
  baseline: CellVerdicts | null,
  happened: CellHappened | undefined,
  profile: ProfileName | null,
): CellView {
  const looked = profile === null ? engineOrder : [profile]
  const verdicts = engineOrder.map((each, at) => happened?.[each]?.verdict ?? predicted[at] ?? 'unknown')
  const seen = looked.map((each) => verdicts[engineOrder.indexOf(each)] ?? 'unknown')
  const summary = summaryOf(seen)
  const trouble = troubleOf(predicted, happened, looked)
  const shown = {
    tone: summary.kind,
    mark: toneMarks[summary.kind],
    solid: looked.some((each) => typeof happened?.[each]?.verdict === 'string'),
    trouble,
  }
  const words = trouble === null ? wordsOf(summary, seen) : `${wordsOf(summary, seen)}; ${trouble}`
  if (baseline === null) return { ...shown, kind: summary.kind, letters: summary.letters, words }
  const change = cellChange(baseline, verdicts, profile)
  return {
    ...shown,
    kind: change,
    letters: change === 'same' ? '' : change,
    words: change === 'same' ? `${words}, as before` : `${words}, ${change}`,
  }
}

function wordsOf({ kind }: CellSummary, verdicts: CellVerdicts): string {
  const [first = 'unknown'] = verdicts
  if (kind === 'differs')
    return `engines differ, allowed in ${verdicts.filter((each) => each.startsWith('read')).length} of ${verdicts.length}`
  if (verdicts.every((each) => each === first)) return verdictWords[first]
  return [...new Set(verdicts)].map((each) => verdictWords[each]).join(' or ')
}

function troubleOf(predicted: CellVerdicts, happened: CellHappened | undefined, looked: readonly ProfileName[]): string | null {
  for (const profile of looked) {
    const told = happened?.[profile]
    if (!told) continue
    if (told.trouble !== null) return told.trouble
    const foretold = predicted[engineOrder.indexOf(profile)]
    if (told.verdict !== null && foretold !== undefined && told.verdict !== foretold)
      return `predicted was ${verdictWords[foretold]}, ${told.by === 'proof' ? 'the browser' : 'the run'} came to ${verdictWords[told.verdict]}`
  }
  return null
}
