const usualSize = 256 * 1024

/** Where the bytes of several records lie, one after another. */
export interface Block {
  readonly bytes: Buffer
  used: number
  records: number
}

/** Room for many short records outside of the garbage collector's heap. It is given back block by block, so records leave in about the order they came. */
export class ByteBlocks {
  #current: Block | null = null
  /** One that is empty; more of them go. */
  #spare: Block | null = null

  /** A block whose last so many bytes, up to `used`, are the taker's. */
  take(size: number): Block {
    if (this.#current === null || this.#current.bytes.length - this.#current.used < size) this.#current = this.#next(size)
    this.#current.records++
    this.#current.used += size
    return this.#current
  }

  giveBack(block: Block): void {
    if (--block.records > 0) return
    block.used = 0
    if (block !== this.#current && block.bytes.length === usualSize) this.#spare = block
  }

  #next(size: number): Block {
    const spare = this.#spare
    if (spare === null || size > usualSize) return { bytes: Buffer.allocUnsafeSlow(Math.max(size, usualSize)), used: 0, records: 0 }
    this.#spare = null
    return spare
  }
}
