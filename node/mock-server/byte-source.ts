import type { Socket } from 'node:net'
import type { WireTape } from '#node/wire-tape'
import { LendingSocket } from './lending-socket.ts'

const nothing: Buffer = Buffer.alloc(0)

/** Bytes that wait here before the socket is told to wait. */
const highWater = 256 * 1024

/**
 * The bytes of a connection, pulled: nobody reads on while an answer is being written, so a client that does not read cannot fill the memory.
 * What has already come is handed over without waiting.
 */
export class ByteSource {
  readonly #socket: Socket
  #rest = nothing
  #ended = false
  #error: Error | null = null
  #isPaused = false
  #waiting: { resolve: (more: boolean) => void; reject: (error: Error) => void } | null = null
  /** Looks at what comes, before whoever waits is woken. */
  #looking: (() => boolean) | null = null
  readonly #listeners: { data: (chunk: Buffer) => void; end: () => void; close: () => void; error: (error: Error) => void }

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listeners = {
      data: (chunk) => this.#add(chunk),
      end: () => this.#end(),
      close: () => this.#end(),
      error: (error) => {
        this.#error = error
        this.#fail(error)
      },
    }
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener)
    if (socket instanceof LendingSocket) {
      socket.borrower = (bytes) => {
        this.#add(bytes)
        if (this.#rest.buffer === bytes.buffer) this.#rest = Buffer.from(this.#rest)
      }
    }
    // Whoever looked at its first bytes has left it paused.
    socket.resume()
  }

  /** What has come and was not taken. */
  get rest(): Buffer {
    return this.#rest
  }

  /** Takes what was seen in `rest`; the taker puts it on the tape. */
  skip(length: number): void {
    // A slice of nothing would keep alive the chunk that it is cut from.
    this.#rest = length === this.#rest.length ? nothing : this.#rest.subarray(length)
    if (this.#isPaused && this.#rest.length <= highWater) this.#setPaused(false)
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

  /** Whether anything more comes; waits for it, where nothing is left in `rest`. */
  more(): Promise<boolean> {
    return this.#rest.length > 0 ? Promise.resolve(true) : this.#pull()
  }

  /**
   * Whether there is something that cannot be dealt with at once.
   * @param deal does so with what has come, and says whether that was all: then nobody is woken, for that costs more than most requests do.
   */
  async moreThan(deal: () => boolean): Promise<boolean> {
    if (this.#rest.length > 0 && !deal()) return true
    const pulled = this.#pull()
    this.#looking = deal
    return pulled
  }

  /** Reads on and forgets it; false at the end of the connection. */
  async discard(): Promise<boolean> {
    this.skip(this.#rest.length)
    return this.#pull()
  }

  /** Whoever waits is told that nothing more comes: the client's time is over. */
  expire(): void {
    this.#wake(false)
  }

  /** Leaves the connection to another reader, with what has come and was not taken. */
  release(): void {
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.off(event, listener)
    if (this.#socket instanceof LendingSocket) this.#socket.borrower = null
    this.#socket.pause()
    if (this.#rest.length > 0) this.#socket.unshift(this.#rest)
  }

  #add(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    if (this.#waiting !== null) this.#look()
    else if (this.#rest.length > highWater) this.#setPaused(true)
  }

  #pull(): Promise<boolean> {
    if (this.#error !== null) return Promise.reject(this.#error)
    if (this.#ended) return Promise.resolve(false)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  #end(): void {
    this.#ended = true
    this.#wake(false)
  }

  #look(): void {
    try {
      if (this.#looking === null || !this.#looking()) this.#wake(true)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #wake(more: boolean): void {
    const waiting = this.#waiting
    this.#waiting = null
    this.#looking = null
    waiting?.resolve(more)
  }

  #fail(error: Error): void {
    const waiting = this.#waiting
    this.#waiting = null
    this.#looking = null
    waiting?.reject(error)
  }

  #setPaused(paused: boolean): void {
    this.#isPaused = paused
    if (paused) this.#socket.pause()
    else this.#socket.resume()
  }

  #cut(length: number, tape: WireTape): Buffer {
    const taken = this.#rest.subarray(0, length)
    this.skip(length)
    tape.push(taken)
    return taken
  }
}
