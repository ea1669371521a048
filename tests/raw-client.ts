import { connect, type Socket } from 'node:net'
import { get } from '#shared/fetch/header-list'
import { parseHead, parseStatusLine, type MessageHead } from '#shared/codecs/raw-http'

export interface RawAnswer {
  readonly status: number
  readonly headerList: MessageHead['headerList']
  readonly body: string
}

/** A client that says what it is told, byte for byte. Everything is latin-1. */
export class RawClient {
  readonly socket: Socket
  #received = ''
  #closed = false
  #wake: () => void = () => undefined

  constructor(port: number, host = '127.0.0.1') {
    this.socket = connect({ port, host, allowHalfOpen: true })
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text: string) => {
      this.#received += text
      this.#wake()
    })
    for (const event of ['end', 'close', 'error']) {
      this.socket.on(event, () => {
        this.#closed = true
        this.#wake()
      })
    }
  }

  send(bytes: string): this {
    this.socket.write(bytes, 'latin1')
    return this
  }

  /** Everything until the server closes its side. */
  async all(): Promise<string> {
    while (!this.#closed) await this.#news()
    return this.#received
  }

  /** The next so many bytes, or fewer at the end of the connection. */
  async bytes(length: number): Promise<string> {
    while (!this.#closed && this.#received.length < length) await this.#news()
    const bytes = this.#received.slice(0, length)
    this.#received = this.#received.slice(length)
    return bytes
  }

  /** The next answer, by its Content-Length; what comes after it is left for the next call. */
  async answer({ toHEAD = false } = {}): Promise<RawAnswer> {
    for (;;) {
      const { startLine, headerList, bodyOffset } = parseHead(this.#received)
      const status = parseStatusLine(startLine)?.status
      if (bodyOffset !== null && status !== undefined) {
        const length = toHEAD || status < 200 || status === 204 || status === 304 ? 0 : Number(get(headerList, 'Content-Length'))
        if (this.#received.length >= bodyOffset + length) {
          const body = this.#received.slice(bodyOffset, bodyOffset + length)
          this.#received = this.#received.slice(bodyOffset + length)
          return { status, headerList, body }
        }
      }
      if (this.#closed) throw new Error(`The connection ended within an answer: ${JSON.stringify(this.#received.slice(0, 200))}`)
      await this.#news()
    }
  }

  close(): void {
    this.socket.destroy()
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
