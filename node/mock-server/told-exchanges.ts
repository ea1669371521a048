import type { ServerExchange } from '#shared/contract/wire'

/** Milliseconds of one window; a screen that counts four times a second looks no more often. */
const period = 200
/** Exchanges, or that many times 16 KiB of their bytes, that are told at once in a window; as many again at its end. */
const share = 50

interface Listener {
  tell(exchange: ServerExchange): void
  /** Exchanges were left out; called once a window at most. */
  tellCount(): void
}

/**
 * Tells of exchanges as they come, until there are more than anybody could look at: then of the first in each fifth of a second, and of the
 * last. However busy a server is, whoever listens is not drowned, and sees the newest in the end.
 */
export class ToldExchanges {
  readonly #listener: Listener
  readonly #newest: (count: number) => readonly ServerExchange[]
  #spent = 0
  /** Since the share was spent. */
  #untold = 0
  #skipped = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  /** @param newest the last so many that are in the log. */
  constructor(newest: (count: number) => readonly ServerExchange[], listener: Listener) {
    this.#newest = newest
    this.#listener = listener
  }

  /** One more is in the log. */
  push(): void {
    this.#open()
    if (this.#spent < share) {
      for (const exchange of this.#newest(1)) {
        this.#spent += costOf(exchange)
        this.#listener.tell(exchange)
      }
    } else this.#untold++
  }

  /** One that is counted and not told: its log is paused. */
  skip(): void {
    this.#open()
    this.#skipped++
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#untold = 0
    this.#skipped = 0
  }

  #open(): void {
    this.#timer ??= setTimeout(() => this.#endWindow(), period).unref()
  }

  #endWindow(): void {
    const last = this.#newest(Math.min(this.#untold, share))
    let cost = 0
    const first = last.findLastIndex((exchange) => (cost += costOf(exchange)) > share)
    const told = last.slice(first + 1)
    const leftOut = this.#untold + this.#skipped - told.length
    this.#timer = null
    this.#spent = 0
    this.#untold = 0
    this.#skipped = 0
    for (const exchange of told) this.#listener.tell(exchange)
    if (leftOut > 0) this.#listener.tellCount()
  }
}

const costOf = ({ request, response }: ServerExchange): number => 1 + (request.size + (response?.size ?? 0)) / 16_384
