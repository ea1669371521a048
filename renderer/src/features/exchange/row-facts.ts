import type { RunExchange } from '#shared/contract/wire'
import type { DiagramRow } from '#shared/lab/diagram-rows'
import { byteCount, milliseconds } from '#shared/lab/units'
import type { RunView } from '../run-view.ts'

/** What a run says of a row. */
export interface RowFacts {
  /** Whether it has happened; all else is prediction. */
  readonly happened: boolean
  /** Milliseconds since the start, as text. */
  readonly time: string | null
  readonly size: string | null
}

interface Fact {
  readonly at: number | null
  readonly bytes: number
}

const predicted: RowFacts = { happened: false, time: null, size: null }

/** What a run says of every row, from top to bottom. Start times are whole milliseconds; no row is earlier than the one above it. */
export function rowFacts(rows: readonly DiagramRow[], run: RunView | null): RowFacts[] {
  let latest = 0
  return rows.map((row) => {
    const fact = run === null || run.status === 'failed' ? null : factOf(row, run)
    if (fact === null) return predicted
    latest = Math.max(latest, fact.at ?? 0)
    return { happened: true, time: fact.at === null ? null : milliseconds(latest), size: fact.bytes === 0 ? null : byteCount(fact.bytes) }
  })
}

function factOf(row: DiagramRow, run: RunView): Fact | null {
  const untimed = run.result ? { at: null, bytes: 0 } : null
  if (row.kind === 'end') return run.result && { at: run.result.took, bytes: 0 }
  const exchange = row.kind === 'redirect' || row.exchange === null ? undefined : run.exchanges[row.exchange]
  if (!exchange || row.kind === 'redirect') return untimed
  const since = exchange.startedAt - (run.result?.startedAt ?? run.exchanges[0]?.startedAt ?? run.startedAt)
  if (row.kind === 'gate')
    return { at: row.gate === 'needs-preflight' ? (row.exchange === 0 ? 0 : since) : since + headAfter(exchange), bytes: 0 }
  if (row.direction === 'out') return { at: since, bytes: exchange.request.size }
  return { at: since + headAfter(exchange), bytes: exchange.response?.size ?? 0 }
}

/** Gates rule on an answer's head, whenever its body ends. */
const headAfter = ({ answeredAfter, endedAfter }: RunExchange): number => answeredAfter ?? endedAfter
