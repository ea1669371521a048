import { computed, ref, watch } from 'vue'
import { columnsOf, credentialsText, headerSetText, type SweepColumn } from '#shared/lab/sweep/cells'
import type { CellChange } from '#shared/lab/sweep/comparison'
import { originNote } from '#shared/lab/sweep/look-alikes'
import type { CellSummary } from '#shared/lab/sweep/verdicts'
import type { ProfileName } from '#shared/lab/prediction'
import { useSweepStore, type SweepRow } from '../../stores/sweep.ts'
import { useSweepHappenedStore, type CellAddress } from '../../stores/sweep-happened.ts'
import { cellView, type CellHappened, type CellView } from './cell-view.ts'

export type CellKind = CellSummary['kind'] | CellChange

export const isOfKind = (view: CellView | null | undefined, kind: CellKind | 'all'): boolean => kind === 'all' || view?.kind === kind

/** A group of columns that share a head. */
export interface ColumnGroup {
  readonly text: string
  readonly columns: readonly { readonly index: number; readonly column: SweepColumn }[]
}

/** What of a sweep is looked at: the engine, the cells of one kind, the origins with some letters in them. */
export function useSweepView() {
  const sweeps = useSweepStore()
  const happened = useSweepHappenedStore()
  const profile = ref<ProfileName | 'all'>('all')
  const kind = ref<CellKind | 'all'>('all')
  const originFilter = ref('')
  watch([() => sweeps.sweep?.id, () => sweeps.baseline], () => (kind.value = 'all'))

  const columns = computed(() => (sweeps.sweep ? columnsOf(sweeps.sweep) : []))
  const groups = computed(() => groupsOf(columns.value))
  const waiting = computed(() => columns.value.map(() => null))
  /** By row and column; null where a cell is not predicted yet. */
  const views = computed(() => sweeps.rows.map((row, at) => viewsOf(row, happened.cells.get(at))))
  const named = computed(() => {
    const wanted = originFilter.value.trim().toLowerCase()
    return (sweeps.sweep?.origins ?? []).map((origin, at) => ({ origin, at })).filter(({ origin }) => origin.toLowerCase().includes(wanted))
  })
  const counts = computed(() => {
    const counted = new Map<CellKind | 'all', number>([['all', named.value.length * columns.value.length]])
    for (const { at } of named.value)
      for (const view of views.value[at] ?? []) if (view) counted.set(view.kind, (counted.get(view.kind) ?? 0) + 1)
    return counted
  })
  const rows = computed(() =>
    named.value
      .filter(({ at }) => kind.value === 'all' || views.value[at]?.some((view) => view?.kind === kind.value))
      .map(({ origin, at }) => ({ origin, at, note: sweeps.server ? originNote(sweeps.server.policy, origin) : '' })),
  )
  /** Those that pass the filters. */
  const cellsInSight = computed<CellAddress[]>(() =>
    rows.value.flatMap(({ at }) =>
      columns.value.map((_, column) => ({ row: at, column })).filter(({ column }) => isOfKind(views.value[at]?.[column], kind.value)),
    ),
  )

  /** Of the rows as they were last time: results come in row by row, and the other rows need not be looked at anew. */
  const known = new WeakMap<SweepRow, { told: RowHappened; profile: string; views: readonly (CellView | null)[] }>()

  return { profile, kind, originFilter, columns, groups, views, counts, rows, cellsInSight }

  function viewsOf(row: SweepRow | null, told: RowHappened): readonly (CellView | null)[] {
    if (!row) return waiting.value
    const before = known.get(row)
    if (before?.told === told && before?.profile === profile.value) return before.views
    const looked = profile.value === 'all' ? null : profile.value
    const fresh = row.cells.map((verdicts, index) => cellView(verdicts, row.baseline?.[index] ?? null, told?.get(index), looked))
    known.set(row, { told, profile: profile.value, views: fresh })
    return fresh
  }
}

type RowHappened = ReadonlyMap<number, CellHappened> | undefined

export type SweepView = ReturnType<typeof useSweepView>

function groupsOf(columns: readonly SweepColumn[]): ColumnGroup[] {
  const modes = new Set(columns.map(({ credentials }) => credentials))
  const groups = new Map<string, { index: number; column: SweepColumn }[]>()
  columns.forEach((column, index) => {
    const set = headerSetText(column.headers)
    const text = modes.size > 1 ? `${credentialsText[column.credentials]}, ${set}` : set
    groups.set(text, [...(groups.get(text) ?? []), { index, column }])
  })
  return [...groups].map(([text, grouped]) => ({ text, columns: grouped }))
}
