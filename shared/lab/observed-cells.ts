import type { Disagreement } from './compare.ts'
import type { DiagramRow } from './diagram-rows.ts'
import type { EngineCell } from './engine-cells.ts'
import type { Observation, ObservedExchange } from './observation.ts'
import { lastEnding } from './observed-verdict.ts'
import type { ProfileName } from './prediction.ts'
import { hopsOf } from './stop.ts'

/** What a cell rests on: foretold, really sent by the lab, or seen in a browser. */
export type Standing = 'predicted' | 'run' | 'observed'

/** A cell of the diagram with what it rests on, and whether a browser did otherwise there than was predicted. */
export interface ShownCell extends EngineCell {
  readonly standing: Standing
  readonly disagrees: boolean
}
export type ShownCells = Readonly<Record<ProfileName, ShownCell>>

/** A browser that did otherwise than predicted, or of which nothing was predicted. */
export interface Seen {
  readonly observation: Observation
  readonly difference: Disagreement | null
}

/** What a browser did where the diagram has `row`; what it does not tell is left as predicted. */
export function observedCell(row: DiagramRow, predicted: EngineCell, { observation, difference }: Seen): ShownCell {
  const seen = cellOf(row, observation) ?? predicted
  const disagrees = difference !== null && (rank(seen) !== rank(predicted) || isAt(row, difference))
  return { ...seen, note: disagrees ? `predicted: ${predicted.word}` : seen.note, standing: 'observed', disagrees }
}

/** A message that is sent is sent, however it is marked. */
const rank = ({ mark }: EngineCell) => (mark === 'differs' ? 'same' : mark)

function isAt(row: DiagramRow, { exchange, field }: Disagreement): boolean {
  if (exchange === null) return row.kind === 'end' && field !== 'console'
  return row.kind === 'message' && row.direction === 'out' && row.exchange === exchange
}

const nothing: EngineCell = { mark: 'nothing', word: 'not reached', note: null }
const sent: EngineCell = { mark: 'same', word: 'sent', note: null }
const passes: EngineCell = { mark: 'allowed', word: 'passes', note: null }
const blocked: EngineCell = { mark: 'blocked', word: 'blocked', note: null }

function cellOf(row: DiagramRow, observation: Observation): EngineCell | null {
  const hops = hopsOf<ObservedExchange>(observation.exchanges)
  if (row.kind === 'end') return end(observation)
  const [, at = '', part = ''] = /^(\d+)\.(.*)$/.exec(row.id) ?? []
  if (part === 'may-be-sent') return hops.length === 0 ? blocked : passes
  const hop = hops[Number(at)]
  if (hop === undefined) return nothing
  const isLast = Number(at) === hops.length - 1
  switch (part) {
    case 'redirect':
      return sent
    case 'needs-preflight':
      return hop.preflight ? { mark: 'preflight', word: 'needed', note: null } : { mark: 'no-preflight', word: 'not needed', note: null }
    case 'preflight':
    case 'preflight-answer':
      return hop.preflight ? sent : nothing
    case 'preflight-passes':
      return hop.preflight === null ? nothing : hop.request === null ? blocked : passes
    case 'request':
    case 'request-answer':
      return hop.request ? sent : nothing
    case 'cors-check':
    case 'may-be-followed':
    case 'may-be-read':
      return hop.request === null ? nothing : isLast ? gate(observation) : passes
    default:
      return null
  }
}

function gate(observation: Observation): EngineCell {
  const { outcome } = lastEnding(observation)
  if (outcome === 'opaque' || outcome === 'opaqueredirect') return { mark: 'nothing', word: 'no check', note: null }
  return outcome === 'network-error' || outcome === 'exception' ? blocked : passes
}

function end(observation: Observation): EngineCell {
  switch (lastEnding(observation).outcome) {
    case 'opaque':
    case 'sent':
    case 'opaqueredirect':
      return { mark: 'opaque', word: 'opaque', note: null }
    case 'network-error':
    case 'exception':
    case 'refused':
      return { mark: 'blocked', word: 'nothing', note: null }
    default:
      return { mark: 'allowed', word: 'readable', note: null }
  }
}
