import { useElementSize, useScroll } from '@vueuse/core'
import { computed, type Ref } from 'vue'
import type { SweepColumn } from '#shared/lab/sweep/cells'
import { columnWords } from './column-words.ts'
import type { SweepView } from './use-sweep-view.ts'

/** Pixels: the head of the rows, the gap between two groups, the room at the end, and how wide a column may be. */
const measures = { head: 246, gap: 12, end: 14, least: 40, most: 64 }

/** A column where it stands in the table. */
export interface PlacedColumn {
  readonly index: number
  /** The n-th from the left. */
  readonly place: number
  readonly column: SweepColumn
  readonly words: string
  readonly left: number
  readonly width: number
  readonly style: { readonly left: string; readonly width: string }
}

/** Where the columns stand, and those that are in sight: there may be hundreds, of which a screen has room for a few. */
export function useColumns(view: SweepView, container: Ref<HTMLElement | null>) {
  const { width: room } = useElementSize(container)
  const { x: scrolled } = useScroll(container)

  const each = computed(() => {
    const { length } = view.columns.value
    const free = room.value - measures.head - measures.end - measures.gap * (view.groups.value.length - 1)
    return Math.max(measures.least, Math.min(measures.most, Math.floor(free / Math.max(length, 1))))
  })
  const columns = computed(() => {
    const width = each.value
    let place = 0
    return view.groups.value.flatMap((group, number) =>
      group.columns.map(({ index, column }): PlacedColumn => {
        const left = measures.head + place * width + number * measures.gap
        const words = columnWords(column)
        return { index, place: place++, column, words, left, width, style: { left: `${left}px`, width: `${width}px` } }
      }),
    )
  })
  const width = computed(() => {
    const last = columns.value.at(-1)
    return Math.max(room.value, (last ? last.left + last.width : measures.head) + measures.end)
  })
  const inSight = computed(() => {
    const [from, to] = [scrolled.value + measures.head - 2 * measures.most, scrolled.value + room.value + 2 * measures.most]
    return columns.value.filter(({ left, width: wide }) => left + wide > from && left < to)
  })

  return { columns, width, inSight }
}
