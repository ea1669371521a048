import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import type { BrowserPage, RunningBrowser } from './engine.ts'
import { Proxy, type ProxyParts } from './proxy/proxy.ts'

/** Milliseconds that one scenario may take in a browser. */
const timeLimit = 8000

/** Why a scenario was not observed: the browser or its page is of no use any more. */
export class LaneBroken extends Error {}

/** A page and a proxy of its own: it observes one scenario after another, undisturbed by whatever other lanes do. */
export class Lane {
  readonly #proxy: Proxy
  readonly #page: BrowserPage
  readonly #visited = new Set<string>()
  #isGone = false

  private constructor(proxy: Proxy, page: BrowserPage) {
    this.#proxy = proxy
    this.#page = page
    void page.gone.then(() => (this.#isGone = true))
  }

  static async open(browser: RunningBrowser, parts: ProxyParts): Promise<Lane> {
    const proxy = new Proxy(parts)
    await proxy.listen()
    try {
      return new Lane(proxy, await browser.openPage(proxy.port, proxy.startURL))
    } catch (error) {
      await proxy.close()
      throw error
    }
  }

  /** Whether the page or its browser is gone. */
  get isGone(): boolean {
    return this.#isGone
  }

  /** Whether none of the scenario's URLs has been asked for here: caches then know nothing of them. */
  isFreshFor(scenario: Scenario): boolean {
    return urlsOf(scenario).every((url) => !this.#visited.has(url))
  }

  /** @throws LaneBroken where the browser hangs, or is gone. */
  async observe(scenario: Scenario): Promise<Observation> {
    for (const url of urlsOf(scenario)) this.#visited.add(url)
    const seen = await this.#inTime(this.#proxy.run(scenario))
    // Firefox hears of some messages from another process, after the script has heard of the failure.
    const messages = await this.#inTime(this.#page.takeConsole(seen.outcome === 'network-error'))
    const [first] = messages
    return { id: scenario.id, exchanges: this.#proxy.exchanges, ...seen, ...(first === undefined ? {} : { console: [first] }) }
  }

  async close(): Promise<void> {
    await this.#page.close()
    await this.#proxy.close()
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LaneBroken(`The page did not answer for ${timeLimit / 1000} seconds.`)), timeLimit)
    })
    const gone = this.#page.gone.then((why) => Promise.reject(new LaneBroken(why)))
    try {
      return await Promise.race([work, late, gone])
    } finally {
      clearTimeout(timer)
    }
  }
}

const urlsOf = ({ request, server = [] }: Scenario): string[] => [request.url, ...server.map(({ url }) => url)]
