import equal from 'fast-deep-equal'

/**
 * A list with the items of the list before wherever they say the same, and that very list where all do: what shows one of those need not be drawn anew.
 */
export function keepSame<Item>(now: readonly Item[], before: readonly Item[] | undefined): readonly Item[] {
  if (before === undefined) return now
  const kept = now.map((item, at) => {
    const was = before[at]
    return was !== undefined && equal(was, item) ? was : item
  })
  return kept.length === before.length && kept.every((item, at) => item === before[at]) ? before : kept
}
