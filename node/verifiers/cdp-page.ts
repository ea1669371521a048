import type { BrowserPage } from './engine.ts'

export type CDPParams = Readonly<Record<string, unknown>>

export interface CDPPageParts {
  readonly send: (method: string, params: CDPParams, session: string | undefined) => Promise<unknown>
  /** The page's own; undefined where whoever sends speaks to this page alone. */
  readonly session: string | undefined
  readonly dispose: () => Promise<void>
}

/** A page watched by the Chrome DevTools Protocol, and the frames of it that run in a process of their own. */
export class CDPPage implements BrowserPage {
  readonly #parts: CDPPageParts
  /** Each with what ends the wait for its answers. */
  readonly #sessions: Map<string | undefined, Session>
  #console: string[] = []
  readonly gone: Promise<string>
  isGone: (why: string) => void = () => undefined

  constructor(parts: CDPPageParts) {
    this.#parts = parts
    this.#sessions = new Map([[parts.session, new Session()]])
    this.gone = new Promise((resolve) => (this.isGone = resolve))
  }

  /** @throws where the browser opens no such page. */
  async open(url: string): Promise<void> {
    const { session } = this.#parts
    await this.#listen(session)
    const { errorText } = (await this.#parts.send('Page.navigate', { url }, session)) as { errorText?: string }
    if (errorText !== undefined) throw new Error(`The browser does not open ${url}: ${errorText}.`)
  }

  onEvent(method: string, params: CDPParams, session: string | undefined): void {
    if (!this.#sessions.has(session)) return
    if (method === 'Log.entryAdded') this.#add(params['entry'] as LogEntry)
    else if (method === 'Inspector.targetCrashed') this.isGone('The page crashed.')
    else if (method === 'Target.attachedToTarget') {
      const child = String(params['sessionId'])
      this.#sessions.set(child, new Session())
      // It may be gone again by now.
      this.#listen(child).catch(() => undefined)
    } else if (method === 'Target.detachedFromTarget') {
      const child = String(params['sessionId'])
      this.#sessions.get(child)?.end()
      this.#sessions.delete(child)
    }
  }

  async takeConsole(): Promise<string[]> {
    // A process answers after it has told of what came before; what it keeps, it would tell again when the page goes elsewhere.
    const told = ([session, { ended }]: [string | undefined, Session]) =>
      // A worker that is not loaded is gone before it answers.
      Promise.race([this.#parts.send('Log.clear', {}, session).catch(() => null), ended])
    await Promise.all([...this.#sessions].map(told))
    const taken = this.#console
    this.#console = []
    return taken
  }

  close(): Promise<void> {
    return this.#parts.dispose()
  }

  async #listen(session: string | undefined): Promise<void> {
    const send = (method: string, params = {}) => this.#parts.send(method, params, session)
    await Promise.all([
      send('Log.enable'),
      send('Inspector.enable'),
      // The lab's proxy is all it ever speaks to, and shows certificates of the lab's own authority.
      send('Security.setIgnoreCertificateErrors', { ignore: true }),
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
      send('Runtime.runIfWaitingForDebugger'),
    ])
  }

  #add({ level, source, text }: LogEntry): void {
    // Chromium prints a second line for each failed load; the first says why. And of a preload, seconds later, that nobody has used it.
    const isAside = text.startsWith('Failed to load resource') || text.includes('was preloaded using link preload but not used')
    if ((level === 'error' || level === 'warning') && source !== 'worker' && !isAside) this.#console.push(text.trimEnd())
  }
}

class Session {
  end: () => void = () => undefined
  readonly ended = new Promise<void>((resolve) => (this.end = resolve))
}

interface LogEntry {
  readonly level: string
  readonly source: string
  readonly text: string
}
