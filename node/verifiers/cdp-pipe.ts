import type { Readable, Writable } from 'node:stream'

type Params = Readonly<Record<string, unknown>>
type Listener = (method: string, params: Params, sessionId: string | undefined) => void

/** The Chrome DevTools Protocol over a pipe: https://chromedevtools.github.io/devtools-protocol/. No port is opened, and nobody else can speak. */
export class CDPPipe {
  readonly #write: (text: string) => void
  readonly #waiting = new Map<number, { resolve: (result: Params) => void; reject: (error: Error) => void }>()
  #lastId = 0
  #closed = false

  constructor(toBrowser: Writable, fromBrowser: Readable, onEvent: Listener) {
    this.#write = (text) => void toBrowser.write(`${text}\0`)
    let rest = ''
    fromBrowser.setEncoding('utf8')
    fromBrowser.on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0')
      rest = messages.pop() ?? ''
      for (const message of messages) this.#take(JSON.parse(message) as Message, onEvent)
    })
    fromBrowser.on('close', () => this.#close())
  }

  /** @throws where the browser refuses, or is gone. */
  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    if (this.#closed) return Promise.reject(new Error(`${method}: the browser is gone.`))
    const id = ++this.#lastId
    this.#write(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }))
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
  }

  #take({ id, result, error, method, params, sessionId }: Message, onEvent: Listener): void {
    if (id === undefined) {
      onEvent(method ?? '', params ?? {}, sessionId)
      return
    }
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result ?? {})
    else waiting?.reject(new Error(error.message))
  }

  #close(): void {
    this.#closed = true
    for (const { reject } of this.#waiting.values()) reject(new Error('The browser is gone.'))
    this.#waiting.clear()
  }
}

interface Message {
  readonly id?: number
  readonly result?: Params
  readonly error?: { readonly message: string }
  readonly method?: string
  readonly params?: Params
  readonly sessionId?: string
}
