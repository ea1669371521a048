import type { CellVerdicts, SweptServer } from '#shared/lab/sweep/verdicts'
import type { Sweep } from '#shared/scenario/sweep'

/** What the worker is asked for; a newer job puts an end to the one before. */
export interface SweepJob {
  readonly job: number
  readonly sweep: Sweep
  readonly server: SweptServer
  /** The policy that it is compared with. */
  readonly baseline: SweptServer | null
  /** Of several workers' shares, the one that is asked for: each takes every so manyth row. */
  readonly share: { readonly at: number; readonly of: number }
}

/** Some rows of a job, in any order. */
export interface SweepRows {
  readonly job: number
  readonly rows: readonly {
    readonly at: number
    readonly cells: readonly CellVerdicts[]
    readonly baseline: readonly CellVerdicts[] | null
  }[]
}
