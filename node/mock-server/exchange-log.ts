import type { ServerExchange } from '#shared/contract/wire'
import { ByteBlocks, type Block } from './byte-blocks.ts'
import { readRecord, recordSize, writeRecord } from './outcome-record.ts'
import { toldExchange, type Outcome, type SeenExchange } from './seen-exchange.ts'

/** The numbers of an exchange: its own, and its three times. */
const numbers = 4

/**
 * The last exchanges of a server: bounded in number and in memory, the oldest give way. What was said is kept as bytes, for a busy server must not
 * keep the garbage collector busy with its log; what many exchanges share is kept once.
 */
export class ExchangeLog {
  readonly #serverId: string
  readonly #limits: { count: number; size: number }
  readonly #blocks = new ByteBlocks()
  /** What exchanges share, how many bytes that is, and how many of them are left. */
  readonly #shared = new Map<Outcome, { readonly size: number; count: number }>()
  /** A ring: the numbers of each exchange; and its outcome, or where that lies. */
  readonly #numbers: Float64Array
  readonly #outcomes: (Outcome | Block | null)[]
  readonly #places: { readonly from: Uint32Array; readonly size: Uint32Array }
  #oldest = 0
  #count = 0
  #size = 0

  /** @param limits how many exchanges, and how many bytes, are kept. */
  constructor(serverId: string, limits = { count: 10_000, size: 32 * 1024 * 1024 }) {
    const { count } = limits
    this.#serverId = serverId
    this.#limits = limits
    this.#numbers = new Float64Array(count * numbers)
    this.#outcomes = new Array<null>(count).fill(null)
    this.#places = { from: new Uint32Array(count), size: new Uint32Array(count) }
  }

  push({ number, startedAt, answeredAfter, endedAfter, outcome }: SeenExchange): void {
    if (this.#count === this.#limits.count) this.#dropOldest()
    const shared = outcome.isShared === true ? this.#shared.get(outcome) : undefined
    if (shared !== undefined) shared.count++
    else this.#makeRoom(recordSize(outcome))
    const place = (this.#oldest + this.#count) % this.#limits.count
    this.#numbers[place * numbers] = number
    this.#numbers[place * numbers + 1] = startedAt
    this.#numbers[place * numbers + 2] = answeredAfter
    this.#numbers[place * numbers + 3] = endedAfter
    this.#outcomes[place] = outcome
    if (shared === undefined) this.#keep(outcome, place)
    this.#count++
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
      const outcome = this.#outcomeAt(place)
      const [number = 0, startedAt = 0, answeredAfter = NaN, endedAfter = 0] = this.#numbers.subarray(place * numbers)
      if (outcome !== null) told.push(toldExchange(this.#serverId, { number, startedAt, answeredAfter, endedAfter, outcome }))
    }
    return told
  }

  #makeRoom(size: number): void {
    while (this.#count > 0 && this.#size + size > this.#limits.size) this.#dropOldest()
  }

  #keep(outcome: Outcome, place: number): void {
    const size = recordSize(outcome)
    this.#size += size
    if (outcome.isShared === true) {
      this.#shared.set(outcome, { size, count: 1 })
      return
    }
    const block = this.#blocks.take(size)
    const from = block.used - size
    writeRecord(outcome, block.bytes, from)
    this.#outcomes[place] = block
    this.#places.from[place] = from
    this.#places.size[place] = size
  }

  #outcomeAt(place: number): Outcome | null {
    const kept = this.#outcomes[place] ?? null
    return kept !== null && 'bytes' in kept ? readRecord(kept.bytes, this.#places.from[place] ?? 0) : kept
  }

  #dropOldest(): void {
    const place = this.#oldest
    const kept = this.#outcomes[place] ?? null
    if (kept !== null && 'bytes' in kept) {
      this.#blocks.giveBack(kept)
      this.#size -= this.#places.size[place] ?? 0
    } else if (kept !== null) this.#unshare(kept)
    this.#outcomes[place] = null
    this.#oldest = (place + 1) % this.#limits.count
    this.#count--
  }

  #unshare(outcome: Outcome): void {
    const shared = this.#shared.get(outcome)
    if (shared === undefined || --shared.count > 0) return
    this.#shared.delete(outcome)
    this.#size -= shared.size
  }
}
