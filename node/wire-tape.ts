import { wireLimit, type WireMessage } from '#shared/contract/wire'

/** Keeps the first `wireLimit` bytes of a message as they cross the socket, and counts the rest: what is not kept costs no memory. */
export class WireTape {
  #kept: Buffer[] = []
  #keptSize = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(bytes: Buffer): void {
    this.#size += bytes.length
    const room = wireLimit - this.#keptSize
    if (room <= 0 || bytes.length === 0) return
    // A copy: a slice would keep alive the whole chunk it is cut from.
    const kept = Buffer.from(bytes.subarray(0, room))
    this.#kept.push(kept)
    this.#keptSize += kept.length
  }

  /** What was kept, as a latin-1 string. */
  text(): string {
    return Buffer.concat(this.#kept).toString('latin1')
  }

  message(): WireMessage {
    return { bytes: Buffer.concat(this.#kept).toString('base64'), size: this.#size }
  }
}
