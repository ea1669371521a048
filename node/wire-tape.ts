import { wireLimit, type WireMessage } from '#shared/contract/wire'
import { ByteStore } from './byte-store.ts'

/** Keeps the first `wireLimit` bytes of a message as they cross the socket, and counts the rest. */
export class WireTape extends ByteStore {
  constructor() {
    super(wireLimit)
  }

  message(): WireMessage {
    return { bytes: Buffer.from(this.text(), 'latin1').toString('base64'), size: this.size }
  }
}
