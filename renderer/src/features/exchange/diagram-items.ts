import { diagramOf } from '#shared/lab/diagram'
import type { DiagramRow } from '#shared/lab/diagram-rows'
import type { Engine } from '#shared/lab/engine-cells'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import { columnOf, isObserved, type ProofView } from '../proof-view.ts'
import type { RunView } from '../run-view.ts'
import { rowFacts, type RowFacts } from './row-facts.ts'
import { shownCells } from './shown-cells.ts'

/** A row of the diagram with everything that is shown of it. */
export interface DiagramItem {
  readonly row: DiagramRow
  readonly facts: RowFacts
  readonly cells: ReturnType<typeof shownCells>
  /** Whether a closed gate lies above. */
  readonly stopped: boolean
}

/** What happened, or would happen, with one request. */
export interface OneRequest {
  readonly request: ScenarioRequest
  /** In the engine shown: what a run made of it counts for more than what was foretold. */
  readonly actual: Prediction
  readonly predictions: Readonly<Record<ProfileName, Prediction>>
  readonly run: RunView | null
  readonly proof: ProofView | null
}

export function diagramItems({ request, actual, predictions, run, proof }: OneRequest, shown: ProfileName): DiagramItem[] {
  const rows = diagramOf(actual, request)
  const engine = (profile: ProfileName): Engine =>
    profile === shown ? { prediction: actual, rows } : { prediction: predictions[profile], rows: diagramOf(predictions[profile], request) }
  const engines = { standard: engine('standard'), chromium: engine('chromium'), firefox: engine('firefox'), webkit: engine('webkit') }
  const facts = rowFacts(rows, run)
  const ran = run !== null && run.status !== 'failed'
  const column = columnOf(proof, shown)
  const asSeen = isObserved(column) && column.agreement?.agrees === 'yes'
  const stoppedAt = rows.findIndex(isClosed)
  return rows.map((row, at) => ({
    row,
    facts: { time: null, size: null, ...facts[at], happened: asSeen || (facts[at]?.happened ?? false) },
    cells: shownCells(row, shown, engines, { ran, proof }),
    stopped: stoppedAt !== -1 && at > stoppedAt,
  }))
}

export const isClosed = (row: DiagramRow): boolean => row.kind === 'gate' && row.state === 'closed'
