import type { RunExchange } from '#shared/contract/wire'
import type { DiagramRow } from '#shared/lab/diagram-rows'
import { byteCount, milliseconds } from '#shared/lab/units'
import type { RunView } from '../run-view.ts'

export interface RowFacts {
  /** Whether it has happened in this run; all else is prediction. */
  readonly happened: boolean
  readonly time: string | null
  readonly size: string | null
}

const predicted: RowFacts = { happened: false, time: null, size: null }

/** What a run says of a row: when it was, in milliseconds since the start, and how many bytes there were. */
export function rowFacts(row: DiagramRow, run: RunView | null): RowFacts {
  if (!run || run.status === 'failed') return predicted
  const start = run.result?.startedAt ?? run.exchanges[0]?.startedAt ?? run.startedAt
  const fact = (at: number | null, bytes: number | null = null): RowFacts => ({
    happened: true,
    time: at === null ? null : milliseconds(Math.max(0, at)),
    size: bytes === null ? null : byteCount(bytes),
  })
  if (row.kind === 'end') return run.result ? fact(run.result.took) : predicted
  if (row.kind === 'redirect') return fact(null)
  const exchange = row.exchange === null ? undefined : run.exchanges[row.exchange]
  if (!exchange) return run.result ? fact(null) : predicted
  const since = exchange.startedAt - start
  if (row.kind === 'gate') return fact(row.gate === 'needs-preflight' ? since : since + exchange.endedAfter)
  return row.direction === 'out'
    ? fact(since, exchange.request.size)
    : fact(since + answeredAfter(exchange), exchange.response?.size ?? null)
}

const answeredAfter = ({ answeredAfter: answered, endedAfter }: RunExchange): number => answered ?? endedAfter
