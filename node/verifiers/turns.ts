interface Waiting<Item> {
  readonly item: Item
  readonly go: () => void
}

/** Lets some of what is to be done go at once, and the rest wait for its turn. */
export class Turns<Item> {
  readonly #atOnce: number
  readonly #isReady: (item: Item) => boolean
  #underWay = 0
  readonly #waiting: Waiting<Item>[] = []

  /** @param isReady whether it costs less to do an item now than later; of those that wait, such a one is next, else the one that has waited longest. */
  constructor(atOnce: number, isReady: (item: Item) => boolean) {
    this.#atOnce = atOnce
    this.#isReady = isReady
  }

  async run<Result>(item: Item, work: () => Promise<Result>): Promise<Result> {
    if (this.#underWay < this.#atOnce) this.#underWay += 1
    else await new Promise<void>((go) => this.#waiting.push({ item, go }))
    try {
      return await work()
    } finally {
      const next = this.#takeNext()
      if (next === undefined) this.#underWay -= 1
      else next.go()
    }
  }

  #takeNext(): Waiting<Item> | undefined {
    const ready = this.#waiting.findIndex(({ item }) => this.#isReady(item))
    return this.#waiting.splice(Math.max(0, ready), 1)[0]
  }
}
