/** How many results may wait for one before them. */
const limit = 1000

/**
 * Works on several items at once, and takes the results in the items' order, each as soon as it is its turn. Items are asked for no faster than
 * they are worked on and their results taken.
 */
export async function inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
  take: (result: Result) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<unknown>>()
  let waiting = 0
  let turn = Promise.resolve()
  for await (const item of items) {
    const result = work(item)
    underWay.add(result)
    result.finally(() => underWay.delete(result)).catch(() => undefined)
    waiting += 1
    turn = turn.then(async () => {
      await take(await result)
      waiting -= 1
    })
    // Whoever awaits it is told.
    turn.catch(() => undefined)
    if (underWay.size >= atOnce) await Promise.race(underWay)
    if (waiting >= limit) await turn
  }
  await turn
}
