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
  /** The cookies it was given; null: none yet. */
  #jar: string | null = null
  #isSpoilt = false
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

  /** Whether what this lane has done before makes no difference to the scenario: no cache knows of it, and the jar holds what it is to hold. */
  isFreshFor(scenario: Scenario): boolean {
    return (
      !this.#isSpoilt && (this.#jar === null || this.#jar === jarOf(scenario)) && urlsOf(scenario).every((url) => !this.#visited.has(url))
    )
  }

  /** @throws LaneBroken where the browser hangs, or is gone. */
  async observe(scenario: Scenario): Promise<Observation> {
    for (const url of urlsOf(scenario)) this.#visited.add(url)
    const cookies = this.#jar === null ? scenario.cookies : undefined
    this.#jar = jarOf(scenario)
    this.#isSpoilt ||= leavesTraces(scenario)
    const endings = await this.#inTime(this.#proxy.run({ ...scenario, cookies }), timeLimit + waitsOf(scenario))
    // Firefox hears of some messages from another process, after the script has heard of the failure.
    const mayBeLate = endings.some(({ outcome }) => outcome === 'network-error')
    const [first] = await this.#inTime(this.#page.takeConsole(mayBeLate), timeLimit)
    return {
      id: scenario.id,
      exchanges: this.#proxy.exchanges,
      ...(scenario.then === undefined ? endings[0] : { outcomes: endings }),
      ...(first === undefined ? {} : { console: [first] }),
    }
  }

  async close(): Promise<void> {
    await this.#page.close()
    await this.#proxy.close()
  }

  async #inTime<T>(work: Promise<T>, limit: number): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new LaneBroken(`The page did not answer for ${limit / 1000} seconds.`)), limit)
    })
    const gone = this.#page.gone.then((why) => Promise.reject(new LaneBroken(why)))
    try {
      return await Promise.race([work, late, gone])
    } finally {
      clearTimeout(timer)
    }
  }
}

const urlsOf = ({ request, then = [], server = [] }: Scenario): string[] => [request, ...then, ...server].map(({ url }) => url)

const waitsOf = ({ then = [], cookies = [] }: Scenario): number =>
  then.reduce((sum, { after = 0 }) => sum + after, 500 * (then.length + cookies.length))

const jarOf = ({ cookies = [] }: Scenario): string => JSON.stringify(cookies)

/** Headers that a browser minds beyond the exchange, for whole hosts. */
const remembered = /^(?:set-cookie|strict-transport-security|clear-site-data|alt-svc|accept-ch)$/i

/** Mock servers may send anything. */
const leavesTraces = ({ server }: Scenario): boolean =>
  server?.some(({ preflight, response }) =>
    [preflight, response].some(
      (answer) => answer !== undefined && 'headers' in answer && answer.headers.some(([name]) => remembered.test(name)),
    ),
  ) ?? true
