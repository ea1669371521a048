/** How long a client may take, in milliseconds. */
export interface Patience {
  /** Between two requests. */
  readonly idle: number
  /** For the whole head of a request, from its first byte on. */
  readonly head: number
  /** For the whole body of a request. */
  readonly body: number
  /** To take the whole answer. */
  readonly answer: number
}

export const usualPatience: Patience = { idle: 60_000, head: 15_000, body: 120_000, answer: 120_000 }

export interface Deadline {
  /** Starts anew. */
  within(milliseconds: number): void
  never(): void
  /** Nobody waits any more. */
  close(): void
}

/** Many deadlines and one timer, which looks at all of them now and then: to set one costs a connection next to nothing. */
export class Deadlines {
  readonly #open = new Map<object, { at: number; expire: () => void }>()
  readonly #period: number
  /** As of the last look: to ask the clock at every request would cost more than it is worth. */
  #now = 0
  #timer: ReturnType<typeof setInterval> | null = null

  /** @param period milliseconds; by twice as many, a deadline may be late. */
  constructor(period: number) {
    this.#period = period
  }

  open(expire: () => void): Deadline {
    const entry = { at: Infinity, expire }
    this.#open.set(entry, entry)
    if (this.#timer === null) {
      this.#now = Date.now()
      // Whatever still counts on it keeps the process alive by its socket.
      this.#timer = setInterval(() => this.#look(), this.#period).unref()
    }
    return {
      within: (milliseconds) => {
        entry.at = this.#now + this.#period + milliseconds
      },
      never: () => {
        entry.at = Infinity
      },
      close: () => this.#close(entry),
    }
  }

  #look(): void {
    this.#now = Date.now()
    for (const entry of this.#open.values()) {
      if (entry.at > this.#now) continue
      entry.at = Infinity
      entry.expire()
    }
  }

  #close(entry: object): void {
    this.#open.delete(entry)
    if (this.#open.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}
