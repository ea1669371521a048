import type { RunningBrowser } from './engine.ts'

/** Browsers that live, and those that start still: the lab may end meanwhile. */
export class StartedBrowsers {
  readonly #all = new Set<Promise<RunningBrowser>>()
  #isClosed = false

  /** @throws once they have been closed */
  start(start: () => Promise<RunningBrowser>): Promise<RunningBrowser> {
    if (this.#isClosed) return Promise.reject(new Error('The lab is closing.'))
    const starting = start()
    this.#all.add(starting)
    const forget = () => this.#all.delete(starting)
    starting.then(({ exited }) => exited.then(forget), forget)
    return starting
  }

  /** Ends every one of them, and lets none start any more. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#all].map((starting) => starting.then((browser) => browser.close()).catch(() => undefined)))
  }
}
