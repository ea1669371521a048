import type { Readable, Writable } from 'node:stream'
import { CDPPipe } from './cdp-pipe.ts'
import type { BrowserOptions, BrowserPage, RunningBrowser } from './engine.ts'
import { keepProcess, type KeptProcess } from './kept-process.ts'

/** Starts Chromium, Chrome, Edge or Brave. One process serves many pages, each in a browser context of its own. */
export async function startChromium({ program, visible }: BrowserOptions): Promise<RunningBrowser> {
  const kept = await keepProcess({
    program,
    args: (folder) => [
      ...flags,
      ...(visible ? ['--auto-open-devtools-for-tabs'] : ['--headless=new']),
      ...asRoot(),
      `--user-data-dir=${folder}/profile`,
    ],
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: (folder) => ({ TMPDIR: folder }),
  })
  const browser = new Chromium(kept)
  try {
    await browser.ready()
    return browser
  } catch (error) {
    await kept.stop()
    throw error
  }
}

/** What keeps a fresh Chromium from asking questions and from talking to its maker; the proxy would let none of it out. */
const flags = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-quic',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--no-pings',
  '--password-store=basic',
  '--use-mock-keychain',
  // A tab in the background must be as quick as one in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // Each would try https: first, or ask services that are not there.
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,MediaRouter,Translate',
  'about:blank',
]

/** Chromium's own sandbox does not run for the superuser, as in a container. */
const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

class Chromium implements RunningBrowser {
  readonly #kept: KeptProcess
  readonly #cdp: CDPPipe
  readonly #pages = new Map<string, Page>()

  constructor(kept: KeptProcess) {
    this.#kept = kept
    this.#cdp = new CDPPipe(kept.child.stdio[3] as Writable, kept.child.stdio[4] as Readable, (...event) => this.#onEvent(...event))
  }

  get exited(): Promise<void> {
    return this.#kept.exited
  }

  async ready(): Promise<void> {
    await this.#cdp.send('Browser.getVersion')
  }

  async openPage(proxyPort: number, url: string): Promise<BrowserPage> {
    const { browserContextId } = await this.#cdp.send('Target.createBrowserContext', {
      disposeOnDetach: true,
      proxyServer: `http://127.0.0.1:${proxyPort}`,
      // Loopback names and addresses go to the proxy, too.
      proxyBypassList: '<-loopback>',
    })
    const { targetId } = await this.#cdp.send('Target.createTarget', { url: 'about:blank', browserContextId })
    const { sessionId } = await this.#cdp.send('Target.attachToTarget', { targetId, flatten: true })
    const page = new Page(this.#cdp, String(browserContextId), String(sessionId), this.#kept.exited)
    this.#pages.set(page.sessionId, page)
    void page.ended.then(() => this.#pages.delete(page.sessionId))
    await page.open(url)
    return page
  }

  close(): Promise<void> {
    return this.#kept.stop()
  }

  #onEvent(method: string, params: Readonly<Record<string, unknown>>, sessionId: string | undefined): void {
    for (const page of this.#pages.values()) page.onEvent(method, params, sessionId)
  }
}

/** A page, and the frames of it that run in a process of their own. */
class Page implements BrowserPage {
  readonly #cdp: CDPPipe
  readonly #browserContextId: string
  readonly #sessions: Set<string>
  #console: string[] = []
  #crash: (why: string) => void = () => undefined
  #end: () => void = () => undefined
  readonly sessionId: string
  readonly gone: Promise<string>
  readonly ended: Promise<void>

  constructor(cdp: CDPPipe, browserContextId: string, sessionId: string, browserExited: Promise<void>) {
    this.#cdp = cdp
    this.#browserContextId = browserContextId
    this.#sessions = new Set([sessionId])
    this.sessionId = sessionId
    this.gone = new Promise((resolve) => {
      this.#crash = resolve
      void browserExited.then(() => resolve('The browser ended.'))
    })
    this.ended = new Promise((resolve) => (this.#end = resolve))
  }

  async open(url: string): Promise<void> {
    await this.#listen(this.sessionId)
    await this.#cdp.send('Page.navigate', { url }, this.sessionId)
  }

  onEvent(method: string, params: Readonly<Record<string, unknown>>, sessionId: string | undefined): void {
    if (sessionId === undefined || !this.#sessions.has(sessionId)) return
    if (method === 'Log.entryAdded') this.#add(params['entry'] as LogEntry)
    else if (method === 'Inspector.targetCrashed') this.#crash('The page crashed.')
    else if (method === 'Target.attachedToTarget') {
      const child = String(params['sessionId'])
      this.#sessions.add(child)
      // It may be gone again by now.
      this.#listen(child).catch(() => undefined)
    } else if (method === 'Target.detachedFromTarget') this.#sessions.delete(String(params['sessionId']))
  }

  async takeConsole(): Promise<string[]> {
    // A process answers after it has told of what came before; what it keeps, it would tell again when the page goes elsewhere.
    await Promise.all([...this.#sessions].map((session) => this.#cdp.send('Log.clear', {}, session).catch(() => null)))
    const taken = this.#console
    this.#console = []
    return taken
  }

  async close(): Promise<void> {
    this.#end()
    await this.#cdp.send('Target.disposeBrowserContext', { browserContextId: this.#browserContextId }).catch(() => null)
  }

  async #listen(session: string): Promise<void> {
    const send = (method: string, params = {}) => this.#cdp.send(method, params, session)
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

interface LogEntry {
  readonly level: string
  readonly source: string
  readonly text: string
}
