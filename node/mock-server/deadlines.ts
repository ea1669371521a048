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
  #timer: ReturnType<typeof setInterval> | null = null

  /** @param period milliseconds by which a deadline may be late. */
  constructor(period: number) {
    this.#period = period
  }

  open(expire: () => void): Deadline {
    const entry = { at: Infinity, expire }
    this.#open.set(entry, entry)
    // Whatever still counts on it keeps the process alive by its socket.
    this.#timer ??= setInterval(() => this.#look(), this.#period).unref()
    return {
      within: (milliseconds) => {
        entry.at = Date.now() + milliseconds
      },
      never: () => {
        entry.at = Infinity
      },
      close: () => this.#close(entry),
    }
  }

  #look(): void {
    const now = Date.now()
    for (const entry of this.#open.values()) {
      if (entry.at > now) continue
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
