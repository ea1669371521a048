import type { ServerExchange } from '#shared/contract/wire'

/** Milliseconds of one window. */
const period = 100
/** Exchanges, or that many times 16 KiB of their bytes, that are told at once in a window; as many again at its end. */
const share = 50

/**
 * Tells of exchanges as they come, until there are more than anybody could look at: then of the first in each tenth of a second, and of the
 * last. However busy a server is, whoever listens is not drowned, and sees the newest in the end.
 */
export class ToldExchanges {
  readonly #tell: (exchange: ServerExchange) => void
  readonly #tellCount: () => void
  #spent = 0
  #kept: ServerExchange[] = []
  #untold = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  /** @param tellCount is called where exchanges were left out, once a window. */
  constructor(tell: (exchange: ServerExchange) => void, tellCount: () => void) {
    this.#tell = tell
    this.#tellCount = tellCount
  }

  push(exchange: ServerExchange): void {
    this.#timer ??= setTimeout(() => this.#endWindow(), period).unref()
    if (this.#spent < share) {
      this.#spent += costOf(exchange)
      this.#tell(exchange)
      return
    }
    this.#kept.push(exchange)
    if (this.#kept.length <= share) return
    this.#kept.shift()
    this.#untold++
  }

  /** One that is counted and not told: its log is paused. */
  skip(): void {
    this.#timer ??= setTimeout(() => this.#endWindow(), period).unref()
    this.#untold++
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#kept = []
  }

  #endWindow(): void {
    this.#timer = null
    this.#spent = 0
    const kept = this.#kept
    this.#kept = []
    let cost = 0
    // The newest, as many as may be.
    const first = kept.findLastIndex((exchange) => (cost += costOf(exchange)) > share)
    for (const exchange of kept.slice(first + 1)) this.#tell(exchange)
    if (this.#untold + first + 1 > 0) this.#tellCount()
    this.#untold = 0
  }
}

const costOf = ({ request, response }: ServerExchange): number => 1 + (request.size + (response?.size ?? 0)) / 16_384
