/** A list with the items of the list before wherever they say the same: what shows one of those need not be drawn anew. */
export const keepSame = <Item>(now: readonly Item[], before: readonly Item[] | undefined): Item[] =>
  now.map((item, at) => {
    const was = before?.[at]
    return was !== undefined && JSON.stringify(was) === JSON.stringify(item) ? was : item
  })
