import { wireLimit, type ServerExchange } from '#shared/contract/wire'

/** The last exchanges of a server: bounded in number and in memory, the oldest give way. */
export class ExchangeLog {
  #exchanges: ServerExchange[] = []
  #size = 0
  readonly #limits: { count: number; size: number }

  /** @param limits how many exchanges, and how many of their bytes, are kept. */
  constructor(limits = { count: 10_000, size: 32 * 1024 * 1024 }) {
    this.#limits = limits
  }

  push(exchange: ServerExchange): void {
    this.#exchanges.push(exchange)
    this.#size += sizeOf(exchange)
    while (this.#exchanges.length > this.#limits.count || (this.#size > this.#limits.size && this.#exchanges.length > 1)) {
      const oldest = this.#exchanges.shift()
      if (oldest !== undefined) this.#size -= sizeOf(oldest)
    }
  }

  /** Oldest first. */
  all(): ServerExchange[] {
    return [...this.#exchanges]
  }

  clear(): void {
    this.#exchanges = []
    this.#size = 0
  }
}

/** Of what is kept; to ask for the bytes would be to make them. */
const sizeOf = ({ request, response }: ServerExchange): number =>
  Math.min(request.size, wireLimit) + Math.min(response?.size ?? 0, wireLimit)
