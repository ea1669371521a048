import type { Readable, Writable } from 'node:stream'
import { CDPPipe } from './cdp-pipe.ts'
import { CDPPage } from './cdp-page.ts'
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
  readonly #pages = new Set<CDPPage>()

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
    const page = new CDPPage({
      send: (...command) => this.#cdp.send(...command),
      session: String(sessionId),
      dispose: async () => {
        this.#pages.delete(page)
        await this.#cdp.send('Target.disposeBrowserContext', { browserContextId }).catch(() => null)
      },
    })
    this.#pages.add(page)
    void this.#kept.exited.then(() => page.isGone('The browser ended.'))
    await page.open(url)
    return page
  }

  close(): Promise<void> {
    return this.#kept.stop()
  }

  #onEvent(method: string, params: Readonly<Record<string, unknown>>, sessionId: string | undefined): void {
    for (const page of this.#pages) page.onEvent(method, params, sessionId)
  }
}
