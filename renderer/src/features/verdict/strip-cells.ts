import { engineNames, engineOrder } from '#shared/lab/engine-names'
import { observedVerdict } from '#shared/lab/observed-verdict'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import { verdictOf, type Verdict } from '#shared/lab/verdict'
import { browserName, columnOf, disagrees, progressOf, seenIn, type ProofView } from '../proof-view.ts'
import type { RunView } from '../run-view.ts'

/** An engine's cell of the strip. */
export interface StripCell {
  readonly profile: ProfileName
  /** The engine; or the browser that was asked. */
  readonly name: string
  readonly verdict: Pick<Verdict, 'kind' | 'short' | 'cause'>
  /** It happened; else it is predicted. */
  readonly solid: boolean
  readonly source: string
  /** In place of the cause. */
  readonly note: string | null
  /** How far the proof is, while this engine's browser has not told. */
  readonly asking: ReturnType<typeof progressOf> | null
  readonly differs: boolean
}

export function stripCells(
  predictions: Readonly<Record<ProfileName, Prediction>>,
  run: RunView | null,
  proof: ProofView | null,
): StripCell[] {
  return engineOrder.map((profile) => {
    const ran = run?.result?.prediction.profile === profile ? run.result.prediction : null
    const cell = plainCell(profile, verdictOf(ran ?? predictions[profile]), ran !== null)
    return proof === null ? cell : provedCell(cell, proof)
  })
}

function plainCell(profile: ProfileName, verdict: Verdict, ran: boolean): StripCell {
  const isKnown = verdict.kind !== 'unanswered' && verdict.kind !== 'not-modelled'
  const source = isKnown ? (ran ? 'run' : 'predicted') : ''
  return { profile, name: engineNames[profile].versioned, verdict, solid: ran, source, note: null, asking: null, differs: false }
}

function provedCell(cell: StripCell, proof: ProofView): StripCell {
  const column = columnOf(proof, cell.profile)
  switch (column?.status) {
    case undefined:
      return cell
    case 'waiting':
    case 'asking':
      return { ...cell, asking: progressOf(proof) }
    case 'failed':
      return { ...cell, note: `not proved: ${column.trouble?.what ?? ''}` }
    case 'observed': {
      const seen = seenIn(column)
      const verdict = seen ? observedVerdict(seen.observation) : cell.verdict
      const differs = disagrees(column)
      const note = differs ? (verdict.short === cell.verdict.short ? 'not as predicted' : `predicted: ${cell.verdict.short}`) : null
      return { ...cell, name: browserName(column.browser), verdict, solid: true, source: 'observed', note, differs }
    }
  }
}
