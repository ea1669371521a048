import { createInterface } from 'node:readline'
import { startDisplay, type Display } from './display.ts'
import type { BrowserOptions, BrowserPage, RunningBrowser } from './engine.ts'
import { keepProcess, type KeptProcess } from './kept-process.ts'
import { endOfScenario } from './proxy/runner-page.ts'

/** Starts nothing yet: MiniBrowser takes its proxy from the command line, so each page is a process of its own, on one unseen screen. */
export async function startWebKit({ program, visible }: BrowserOptions): Promise<RunningBrowser> {
  return new WebKit(program, visible ? null : await startDisplay())
}

class WebKit implements RunningBrowser {
  readonly #program: string
  readonly #display: Display | null
  readonly #pages = new Set<Page>()
  #isClosed = false
  #end: () => void = () => undefined
  readonly exited = new Promise<void>((resolve) => (this.#end = resolve))

  constructor(program: string, display: Display | null) {
    this.#program = program
    this.#display = display
    void display?.exited.then(this.#end)
  }

  async openPage(proxyPort: number, url: string): Promise<BrowserPage> {
    const kept = await keepProcess({
      program: this.#program,
      args: () => [
        `--proxy=http://127.0.0.1:${proxyPort}`,
        '--ignore-tls-errors',
        '--enable-write-console-messages-to-stdout=true',
        '--enable-developer-extras=true',
        url,
      ],
      // It says “stdout”, and writes its console to the standard error stream.
      stdio: ['ignore', 'ignore', 'pipe'],
      env: (folder) => ({
        HOME: folder,
        TMPDIR: folder,
        XDG_CACHE_HOME: `${folder}/cache`,
        XDG_CONFIG_HOME: `${folder}/config`,
        XDG_DATA_HOME: `${folder}/data`,
        ...(this.#display === null ? {} : { ...alone, DISPLAY: this.#display.name }),
      }),
    })
    if (this.#isClosed) {
      await kept.stop()
      throw new Error('The browser ended.')
    }
    const page = new Page(kept)
    this.#pages.add(page)
    void kept.exited.then(() => {
      this.#pages.delete(page)
      // Without a screen of its own, it is its window: the user has closed it.
      if (this.#display === null) this.#end()
    })
    return page
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#pages].map((page) => page.close()))
    await this.#display?.close()
    this.#end()
  }
}

/** Without the desktop's services: GTK would start some that outlive it. */
const alone = {
  GDK_BACKEND: 'x11',
  DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  NO_AT_BRIDGE: '1',
  GSETTINGS_BACKEND: 'memory',
  GIO_USE_VFS: 'local',
}

class Page implements BrowserPage {
  readonly #kept: KeptProcess
  #console: string[] = []
  /** Scenarios of which all messages are here. */
  #ended = 0
  #awaited: (() => void) | null = null
  readonly gone: Promise<string>

  constructor(kept: KeptProcess) {
    this.#kept = kept
    this.gone = kept.exited.then(() => 'The browser ended.')
    if (kept.child.stderr !== null) createInterface(kept.child.stderr).on('line', (line) => this.#read(line))
  }

  async takeConsole(): Promise<string[]> {
    if (this.#ended === 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 500)
        this.#awaited = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    const taken = this.#console
    this.#console = []
    this.#ended = 0
    return taken
  }

  close(): Promise<void> {
    return this.#kept.stop()
  }

  /** As `http://app.test/:1:2: CONSOLE SECURITY ERROR …`; the place in the source may be missing, and what a script prints has no source. */
  #read(line: string): void {
    const [, source, level, text] = /(?:^|: )CONSOLE (?:(\S+) )?(ERROR|WARN|INFO|LOG|DEBUG) (.*)$/.exec(line) ?? []
    // The runner looks whether it can reach a frame's document, which is no part of the scenario.
    const isOwn = text?.startsWith('Blocked a frame with origin ') === true
    if (source !== undefined && level === 'ERROR' && text !== undefined && !isOwn) this.#console.push(text)
    if (text !== endOfScenario) return
    this.#ended++
    this.#awaited?.()
    this.#awaited = null
  }
}
