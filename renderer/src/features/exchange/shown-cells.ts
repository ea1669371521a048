import { engineCells, type Engine } from '#shared/lab/engine-cells'
import type { DiagramRow } from '#shared/lab/diagram-rows'
import { observedCell, type ShownCell, type ShownCells } from '#shared/lab/observed-cells'
import type { ProfileName } from '#shared/lab/prediction'
import { columnOf, isObserved, seenIn, type ProofView } from '../proof-view.ts'

/** A row's cells with what each rests on: the run of the engine shown, what real browsers did, or the prediction. */
export function shownCells(
  row: DiagramRow,
  shown: ProfileName,
  engines: Readonly<Record<ProfileName, Engine>>,
  { ran, proof }: { ran: boolean; proof: ProofView | null },
): ShownCells {
  const predicted = engineCells(row, shown, engines)
  const cell = (profile: ProfileName): ShownCell => {
    const column = columnOf(proof, profile)
    const seen = seenIn(column)
    if (seen) return observedCell(row, predicted[profile], seen)
    const standing = isObserved(column) ? 'observed' : ran && profile === shown ? 'run' : 'predicted'
    return { ...predicted[profile], standing, disagrees: false }
  }
  return { standard: cell('standard'), chromium: cell('chromium'), firefox: cell('firefox'), webkit: cell('webkit') }
}
