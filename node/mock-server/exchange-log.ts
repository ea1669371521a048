import type { ServerExchange } from '#shared/contract/wire'
import { ByteBlocks, type Block } from './byte-blocks.ts'
import { toldExchange, type SeenBytes, type SeenExchange } from './seen-exchange.ts'

/**
 * The last exchanges of a server: bounded in number and in memory, the oldest give way. They are written over the ones that gave way, and their
 * bytes lie in blocks: a busy server must not keep the garbage collector busy with its log.
 */
export class ExchangeLog {
  readonly #serverId: string
  readonly #limits: { count: number; size: number }
  readonly #blocks = new ByteBlocks()
  readonly #entries: Entry[] = []
  #oldest = 0
  #count = 0
  #size = 0

  /** @param limits how many exchanges, and how many of their bytes, are kept. */
  constructor(serverId: string, limits = { count: 10_000, size: 32 * 1024 * 1024 }) {
    this.#serverId = serverId
    this.#limits = limits
  }

  push(exchange: SeenExchange): void {
    const size = exchange.received.kept + exchange.sent.kept
    while (this.#count === this.#limits.count || (this.#count > 0 && this.#size + size > this.#limits.size)) this.#dropOldest()
    const index = (this.#oldest + this.#count) % this.#limits.count
    const entry = (this.#entries[index] ??= new Entry())
    entry.keep(exchange, this.#blocks.take(size))
    this.#count++
    this.#size += size
  }

  /** Oldest first. */
  all(): ServerExchange[] {
    return this.newest(this.#count)
  }

  /** The last so many, or fewer, oldest first. */
  newest(count: number): ServerExchange[] {
    const told: ServerExchange[] = []
    for (let index = Math.max(0, this.#count - count); index < this.#count; index++) {
      const entry = this.#entries[(this.#oldest + index) % this.#limits.count]
      if (entry !== undefined) told.push(toldExchange(this.#serverId, entry))
    }
    return told
  }

  #dropOldest(): void {
    const entry = this.#entries[this.#oldest]
    if (entry !== undefined) {
      this.#size -= entry.received.kept + entry.sent.kept
      entry.drop(this.#blocks)
    }
    this.#oldest = (this.#oldest + 1) % this.#limits.count
    this.#count--
  }
}

class Entry implements SeenExchange {
  number = 0
  startedAt = 0
  /** NaN for none: a number, always, is written over in place. */
  #answeredAfter = NaN
  endedAfter = 0
  isRequest = false
  status: number | null = null
  route: string | null = null
  handled = false
  trouble: string | undefined
  readonly received = new Message()
  readonly sent = new Message()
  #block: Block | null = null

  get answeredAfter(): number | null {
    return Number.isNaN(this.#answeredAfter) ? null : this.#answeredAfter
  }

  keep(exchange: SeenExchange, block: Block): void {
    this.number = exchange.number
    this.startedAt = exchange.startedAt
    this.#answeredAfter = exchange.answeredAfter ?? NaN
    this.endedAfter = exchange.endedAfter
    this.isRequest = exchange.isRequest
    this.status = exchange.status
    this.route = exchange.route
    this.handled = exchange.handled
    this.trouble = exchange.trouble
    this.#block = block
    this.received.keep(exchange.received, block)
    this.sent.keep(exchange.sent, block)
  }

  drop(blocks: ByteBlocks): void {
    this.received.drop()
    this.sent.drop()
    if (this.#block !== null) blocks.giveBack(this.#block)
    this.#block = null
  }
}

class Message implements SeenBytes {
  kept = 0
  size = 0
  #from = 0
  #bytes: Buffer | null = null

  keep(message: SeenBytes, block: Block): void {
    this.kept = message.kept
    this.size = message.size
    this.#bytes = block.bytes
    this.#from = block.used
    block.used += block.bytes.write(message.text(), block.used, 'latin1')
  }

  drop(): void {
    this.#bytes = null
  }

  text(): string {
    return this.#bytes?.toString('latin1', this.#from, this.#from + this.kept) ?? ''
  }
}
