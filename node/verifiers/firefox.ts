import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { BiDi } from './bidi.ts'
import type { BrowserOptions, BrowserPage, RunningBrowser } from './engine.ts'
import { firefoxPreferences } from './firefox-preferences.ts'
import { keepProcess, type KeptProcess } from './kept-process.ts'

/** Milliseconds that Firefox may take to say where it listens. */
const startLimit = 30_000

/** Starts Firefox. One process serves many pages, each in a user context (a container) of its own. */
export async function startFirefox({ program, visible }: BrowserOptions): Promise<RunningBrowser> {
  const kept = await keepProcess({
    program,
    args: (folder) => [
      ...(visible ? ['--devtools'] : ['--headless']),
      '--no-remote',
      '--new-instance',
      '--profile',
      join(folder, 'profile'),
      '--remote-debugging-port=0',
      'about:blank',
    ],
    stdio: ['ignore', 'ignore', 'pipe'],
    // Crash reports and caches go into the folder, too.
    env: (folder) => ({ HOME: folder, TMPDIR: folder, XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' }),
    prepare: async (folder) => {
      await mkdir(join(folder, 'profile'))
      await writeFile(join(folder, 'profile', 'user.js'), firefoxPreferences(0))
    },
  })
  try {
    return await Firefox.connect(kept)
  } catch (error) {
    await kept.stop()
    throw error
  }
}

class Firefox implements RunningBrowser {
  readonly #kept: KeptProcess
  readonly #bidi: BiDi
  readonly #pages: Map<string, Page>

  private constructor(kept: KeptProcess, bidi: BiDi, pages: Map<string, Page>) {
    this.#kept = kept
    this.#bidi = bidi
    this.#pages = pages
  }

  static async connect(kept: KeptProcess): Promise<Firefox> {
    const pages = new Map<string, Page>()
    const bidi = await BiDi.connect(await portOf(kept), (method, params) => {
      if (method === 'log.entryAdded') addEntry(params as unknown as LogEntry)
      else if (method === 'browsingContext.contextCreated') {
        const { context, userContext } = params as { context: string; userContext?: string }
        const page = pages.get(userContext ?? '')
        if (page !== undefined) contexts.set(context, page)
      }
    })
    /** Pages and their frames. */
    const contexts = new Map<string, Page>()
    const addEntry = ({ level, source, text }: LogEntry) => {
      if ((level === 'error' || level === 'warn') && !isOfBody(text)) contexts.get(source.context ?? '')?.add(text)
    }
    await bidi.send('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } })
    await bidi.send('session.subscribe', { events: ['log.entryAdded', 'browsingContext.contextCreated'] })
    return new Firefox(kept, bidi, pages)
  }

  get exited(): Promise<void> {
    return this.#kept.exited
  }

  async openPage(proxyPort: number, url: string): Promise<BrowserPage> {
    const proxy = `127.0.0.1:${proxyPort}`
    const { userContext } = await this.#bidi.send('browser.createUserContext', {
      acceptInsecureCerts: true,
      proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy, noProxy: [] },
    })
    const id = String(userContext)
    const gone = this.#kept.exited.then(() => 'The browser ended.')
    const page = new Page(this.#bidi, id, gone, () => this.#pages.delete(id))
    this.#pages.set(id, page)
    const { context } = await this.#bidi.send('browsingContext.create', { type: 'tab', userContext, background: true })
    page.context = String(context)
    await this.#bidi.send('browsingContext.navigate', { context, url, wait: 'none' })
    return page
  }

  close(): Promise<void> {
    return this.#kept.stop()
  }
}

class Page implements BrowserPage {
  readonly #bidi: BiDi
  readonly #userContext: string
  readonly #closed: () => void
  #console: string[] = []
  #added: (() => void) | null = null
  context = ''
  readonly gone: Promise<string>

  constructor(bidi: BiDi, userContext: string, gone: Promise<string>, closed: () => void) {
    this.#bidi = bidi
    this.#userContext = userContext
    this.#closed = closed
    this.gone = gone
  }

  add(text: string): void {
    this.#console.push(text.trimEnd())
    this.#added?.()
  }

  async takeConsole(mayBeLate: boolean): Promise<string[]> {
    await this.#bidi.send('script.evaluate', { expression: '0', target: { context: this.context }, awaitPromise: false })
    if (mayBeLate && this.#console.length === 0) await this.#waitForOne()
    const taken = this.#console
    this.#console = []
    return taken
  }

  async close(): Promise<void> {
    this.#closed()
    await this.#bidi.send('browser.removeUserContext', { userContext: this.#userContext }).catch(() => null)
  }

  /** For a network error without any message, as of a dropped connection, there is none to come. */
  #waitForOne(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 150)
      this.#added = () => {
        clearTimeout(timer)
        this.#added = null
        resolve()
      }
    })
  }
}

interface LogEntry {
  readonly level: string
  readonly text: string
  readonly source: { readonly context?: string }
}

/** Of a body that came, and that is no XML though its type says so: the request got what it asked for. */
const isOfBody = (text: string): boolean => text.startsWith('XML Parsing Error: ')

/** Firefox names its port on the standard error stream. */
function portOf({ child, exited }: KeptProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Firefox did not say within ${startLimit / 1000} seconds where it listens.`)),
      startLimit,
    )
    void exited.then(() => reject(new Error('Firefox ended at once.')))
    if (child.stderr === null) return
    createInterface(child.stderr).on('line', (line) => {
      const port = /WebDriver BiDi listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      resolve(Number(port))
    })
  })
}
