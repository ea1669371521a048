/** Keeps the first bytes that it is given, in few and large pieces however small they come, and counts all of them. */
export class ByteStore {
  readonly #limit: number
  /** One string is all that most messages are: it needs no list. */
  #first: string | null = null
  #others: (Buffer | string)[] | null = null
  /** The piece that is being filled, and how far it is. */
  #slab: Buffer | null = null
  #filled = 0
  /** How many bytes are kept. */
  kept = 0
  size = 0

  /** @param limit how many bytes are kept; what is not kept costs no memory. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @param bytes a string is latin-1 and is kept as it is; of a buffer, a copy is: a slice would keep alive the whole chunk it is cut from. */
  push(bytes: Buffer | string): void {
    this.size += bytes.length
    const taken = Math.min(bytes.length, this.#limit - this.kept)
    if (taken <= 0) return
    this.kept += taken
    if (typeof bytes !== 'string') this.#copy(bytes, taken)
    else this.#add(taken < bytes.length ? bytes.slice(0, taken) : bytes)
  }

  /** What was kept, as a latin-1 string. */
  text(): string {
    this.#seal()
    const first = this.#first ?? ''
    if (this.#others === null) return first
    return first + this.#others.map((part) => (typeof part === 'string' ? part : part.toString('latin1'))).join('')
  }

  /** What was kept; answers how many bytes that is. */
  copyTo(target: Buffer, at: number): number {
    return target.write(this.text(), at, 'latin1')
  }

  #add(text: string): void {
    this.#seal()
    if (this.#first === null && this.#others === null) this.#first = text
    else (this.#others ??= []).push(text)
  }

  #copy(bytes: Buffer, length: number): void {
    for (let from = 0; from < length;) {
      if (this.#slab === null || this.#filled === this.#slab.length) {
        this.#seal()
        this.#slab = Buffer.allocUnsafeSlow(Math.max(length - from, Math.min(this.kept, 65_536)))
      }
      const copied = bytes.copy(this.#slab, this.#filled, from, length)
      this.#filled += copied
      from += copied
    }
  }

  #seal(): void {
    if (this.#slab === null) return
    ;(this.#others ??= []).push(this.#slab.subarray(0, this.#filled))
    this.#slab = null
    this.#filled = 0
  }
}
