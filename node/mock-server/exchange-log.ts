import type { ServerExchange } from '#shared/contract/wire'
import { ByteBlocks, type Block } from './byte-blocks.ts'
import { readRecord, recordSize, writeRecord } from './exchange-record.ts'
import { toldExchange, type SeenExchange } from './seen-exchange.ts'

/**
 * The last exchanges of a server: bounded in number and in memory, the oldest give way. They are kept as bytes, for a busy server must not keep
 * the garbage collector busy with its log.
 */
export class ExchangeLog {
  readonly #serverId: string
  readonly #limits: { count: number; size: number }
  readonly #blocks = new ByteBlocks()
  /** Where the records lie, in a ring. */
  readonly #places: { block: (Block | null)[]; from: number[]; size: number[] } = { block: [], from: [], size: [] }
  #oldest = 0
  #count = 0
  #size = 0

  /** @param limits how many exchanges, and how many bytes, are kept. */
  constructor(serverId: string, limits = { count: 10_000, size: 32 * 1024 * 1024 }) {
    this.#serverId = serverId
    this.#limits = limits
  }

  push(exchange: SeenExchange): void {
    const size = recordSize(exchange)
    while (this.#count === this.#limits.count || (this.#count > 0 && this.#size + size > this.#limits.size)) this.#dropOldest()
    const block = this.#blocks.take(size)
    const from = block.used - size
    writeRecord(exchange, block.bytes, from)
    const place = (this.#oldest + this.#count) % this.#limits.count
    this.#places.block[place] = block
    this.#places.from[place] = from
    this.#places.size[place] = size
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
      const place = (this.#oldest + index) % this.#limits.count
      const block = this.#places.block[place]
      if (block) told.push(toldExchange(this.#serverId, readRecord(block.bytes, this.#places.from[place] ?? 0)))
    }
    return told
  }

  #dropOldest(): void {
    const { block, size } = this.#places
    const oldest = block[this.#oldest]
    if (oldest) this.#blocks.giveBack(oldest)
    block[this.#oldest] = null
    this.#size -= size[this.#oldest] ?? 0
    this.#oldest = (this.#oldest + 1) % this.#limits.count
    this.#count--
  }
}
