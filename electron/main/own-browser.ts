import { randomUUID } from 'node:crypto'
import { BrowserWindow } from 'electron'
import { CDPPage } from '#node/verifiers/cdp-page'
import type { CDPParams } from '#node/verifiers/cdp-page'
import type { BrowserPage, RunningBrowser } from '#node/verifiers/engine'
import type { OwnBrowser } from '#node/verifiers/proofs'

const versions: Partial<NodeJS.ProcessVersions> = process.versions

/** Electron's own Chromium as one more browser to prove scenarios in. */
export const ownBrowser: OwnBrowser = {
  browser: { id: 'electron', engine: 'chromium', name: 'Electron’s Chromium', version: versions.chrome ?? null, program: null },
  start: (visible) => Promise.resolve(new OwnWindows(visible)),
}

/** Each page has a window and a session of its own, and is shut off from the lab: no preload, no Node, no leave to anything. */
class OwnWindows implements RunningBrowser {
  readonly #visible: boolean
  readonly #windows = new Set<BrowserWindow>()
  #exit: () => void = () => undefined
  readonly exited: Promise<void>

  constructor(visible: boolean) {
    this.#visible = visible
    this.exited = new Promise((resolve) => (this.#exit = resolve))
  }

  async openPage(proxyPort: number, url: string): Promise<BrowserPage> {
    const window = new BrowserWindow({
      show: this.#visible,
      title: 'Proof',
      webPreferences: {
        // Without `persist:` it lives in memory alone.
        partition: `proof-${randomUUID()}`,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        spellcheck: false,
        backgroundThrottling: false,
      },
    })
    this.#windows.add(window)
    const { webContents } = window
    const { debugger: cdp, session } = webContents
    const page = new CDPPage({
      send: (...command) => cdp.sendCommand(...command) as Promise<unknown>,
      session: undefined,
      dispose: () => {
        window.destroy()
        return Promise.resolve()
      },
    })
    window.on('closed', () => {
      this.#windows.delete(window)
      page.isGone('Its window was closed.')
      if (this.#visible) this.#exit()
    })
    webContents.on('render-process-gone', () => page.isGone('The page crashed.'))
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
    session.setPermissionRequestHandler((_, __, answer) => answer(false))
    session.setPermissionCheckHandler(() => false)
    // Loopback names and addresses go to the proxy, too.
    await session.setProxy({ proxyRules: `http://127.0.0.1:${proxyPort}`, proxyBypassRules: '<-loopback>' })
    cdp.attach('1.3')
    cdp.on('message', (_, method: string, params: CDPParams, sessionId: string) => page.onEvent(method, params, sessionId || undefined))
    if (this.#visible) webContents.openDevTools()
    await page.open(url)
    return page
  }

  close(): Promise<void> {
    for (const window of this.#windows) window.destroy()
    this.#exit()
    return this.exited
  }
}
