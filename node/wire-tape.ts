import { wireLimit, type WireMessage } from '#shared/contract/wire'
import { ByteStore } from './byte-store.ts'

/** Keeps the first `wireLimit` bytes of a message as they cross the socket, and counts the rest. */
export class WireTape {
  readonly #store = new ByteStore(wireLimit)

  get size(): number {
    return this.#store.size
  }

  /** @param bytes a string is latin-1. */
  push(bytes: Buffer | string): void {
    this.#store.push(bytes)
  }

  /** What was kept, as a latin-1 string. */
  text(): string {
    return this.#store.text()
  }

  /** The bytes are turned into base64 when they are asked for: of most messages of a busy server, nobody ever asks. */
  message(): WireMessage {
    const store = this.#store
    return {
      get bytes() {
        return Buffer.from(store.text(), 'latin1').toString('base64')
      },
      size: store.size,
    }
  }
}
