import type { Socket } from 'node:net'
import type { WireTape } from '#node/wire-tape'

/** The bytes of a connection, pulled: nobody reads on while an answer is being written, so a client that does not read cannot fill the memory. */
export class ByteSource {
  readonly #chunks: AsyncIterator<Buffer, undefined>
  #rest: Buffer = Buffer.alloc(0)

  constructor(socket: Socket) {
    // The connection outlives the reading: a client may close its side and still wait for the answer.
    this.#chunks = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>
  }

  /**
   * Up to `atMost` bytes, at least one; null at the end of the connection.
   * @throws where the connection breaks.
   */
  async take(atMost: number, tape: WireTape): Promise<Buffer | null> {
    if (this.#rest.length === 0 && !(await this.#pull())) return null
    return this.#cut(Math.min(atMost, this.#rest.length), tape)
  }

  /**
   * A line with its LF; null where the connection ends before, `too long` where there is no LF within `limit` bytes. What has come by then is
   * on the tape.
   */
  async takeLine(limit: number, tape: WireTape): Promise<Buffer | 'too long' | null> {
    for (let searched = 0; ;) {
      const feed = this.#rest.indexOf(0x0a, searched)
      if (feed !== -1 && feed < limit) return this.#cut(feed + 1, tape)
      searched = this.#rest.length
      if (feed === -1 && searched < limit && (await this.#pull())) continue
      const tooLong = feed !== -1 || searched >= limit
      this.#cut(searched, tape)
      return tooLong ? 'too long' : null
    }
  }

  /** The byte that comes next; undefined at the end of the connection. */
  async peek(): Promise<number | undefined> {
    return this.#rest.length > 0 || (await this.#pull()) ? this.#rest[0] : undefined
  }

  /** Reads on and forgets it; false at the end of the connection. */
  async discard(): Promise<boolean> {
    this.#rest = Buffer.alloc(0)
    return this.#pull()
  }

  /** Leaves the connection to another reader: what has come and was not taken is lost. */
  async release(): Promise<void> {
    await this.#chunks.return?.()
  }

  async #pull(): Promise<boolean> {
    const chunk = await this.#chunks.next()
    if (chunk.done === true) return false
    this.#rest = this.#rest.length === 0 ? chunk.value : Buffer.concat([this.#rest, chunk.value])
    return true
  }

  #cut(length: number, tape: WireTape): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    tape.push(taken)
    return taken
  }
}
