import { once } from 'node:events'
import { WebSocket } from 'ws'

type Params = Readonly<Record<string, unknown>>

/** WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/. The port is on loopback; pages are kept from it, for their `Origin` is not let in. */
export class BiDi {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, { resolve: (result: Params) => void; reject: (error: Error) => void }>()
  #lastId = 0

  private constructor(socket: WebSocket, onEvent: (method: string, params: Params) => void) {
    this.#socket = socket
    socket.on('message', (data) => this.#take(JSON.parse((data as Buffer).toString()) as Message, onEvent))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The browser is gone.'))
      this.#waiting.clear()
    })
  }

  /** @throws where nobody listens there. */
  static async connect(port: number, onEvent: (method: string, params: Params) => void): Promise<BiDi> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/session`, { perMessageDeflate: false })
    await once(socket, 'open')
    return new BiDi(socket, onEvent)
  }

  /** @throws where the browser refuses, or is gone. */
  send(method: string, params: Params = {}): Promise<Params> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(`${method}: the browser is gone.`))
    const id = ++this.#lastId
    this.#socket.send(JSON.stringify({ id, method, params }))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  #take(message: Message, onEvent: (method: string, params: Params) => void): void {
    if (message.type === 'event') {
      onEvent(message.method, message.params)
      return
    }
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.type === 'success') waiting?.resolve(message.result)
    else waiting?.reject(new Error(`${message.error}: ${message.message}`))
  }
}

type Message =
  | { readonly type: 'event'; readonly method: string; readonly params: Params }
  | { readonly type: 'success'; readonly id: number; readonly result: Params }
  | { readonly type: 'error'; readonly id: number; readonly error: string; readonly message: string }
