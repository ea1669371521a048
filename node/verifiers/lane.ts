import { setTimeout as sleep } from 'node:timers/promises'
import type { Observation } from '#shared/lab/observation'
import { withoutRepeats } from '#shared/lab/recorded-form'
import { proofWait } from '#shared/lab/proof-wait'
import type { Scenario } from '#shared/scenario/scenario'
import type { BrowserPage, RunningBrowser } from './engine.ts'
import { Proxy, type ProxyParts } from './proxy/proxy.ts'
import { frameQuery } from './proxy/runner-page.ts'

/** Milliseconds that a browser may take to open a page, its processes included. */
const arrivalLimit = 30_000

/** Why a scenario was not observed: the browser or its page is of no use any more. */
export class LaneBroken extends Error {}

/** A page and a proxy of its own: it observes one scenario after another, undisturbed by whatever other lanes do. */
export class Lane {
  readonly #proxy: Proxy
  readonly #page: BrowserPage
  readonly #timeLimit: number
  readonly #visited = new Set<string>()
  /** The visits that filled its jar. */
  #jar = noVisits
  #at: string
  #isSpoilt = false
  #isGone = false

  private constructor(proxy: Proxy, page: BrowserPage, at: string, timeLimit: number) {
    this.#proxy = proxy
    this.#page = page
    this.#at = at
    this.#timeLimit = timeLimit
    void page.gone.then(() => {
      this.#isGone = true
      // Nobody else asks it, and a port that is open would keep the lab alive.
      return proxy.close()
    })
  }

  /**
   * @param scenario what it is opened for: its page is where that one's is.
   * @param timeLimit milliseconds that a scenario may take, apart from the waits it asks for itself.
   */
  static async open(browser: RunningBrowser, parts: ProxyParts, scenario: Scenario, timeLimit: number): Promise<Lane> {
    const proxy = new Proxy(parts, scenario)
    await proxy.listen()
    let page: BrowserPage | undefined
    try {
      page = await browser.openPage(proxy.port, proxy.startURL)
      const lane = new Lane(proxy, page, scenario.page.origin, timeLimit)
      await lane.#inTime(proxy.arrival, arrivalLimit)
      return lane
    } catch (error) {
      await page?.close()
      await proxy.close()
      throw error
    }
  }

  /** Whether what this lane has done before makes no difference to the scenario: no cache knows of it, and the jar holds what it is to hold. */
  isFreshFor(scenario: Scenario): boolean {
    return (
      !this.#isGone &&
      !this.#isSpoilt &&
      (this.#jar === noVisits || this.#jar === jarOf(scenario)) &&
      urlsOf(scenario).every((url) => !this.#visited.has(url))
    )
  }

  /** Whether its page needs not go anywhere for the scenario. */
  standsAt({ page }: Scenario): boolean {
    return this.#at === page.origin
  }

  /** @throws LaneBroken where the browser hangs, or is gone. */
  async observe(scenario: Scenario, network: boolean): Promise<Observation> {
    for (const url of urlsOf(scenario)) this.#visited.add(url)
    this.#isSpoilt ||= leavesTraces(scenario)
    if (this.#jar !== jarOf(scenario)) await this.#fillJar(scenario)
    this.#at = scenario.page.origin
    const endings = await this.#inTime(this.#proxy.run(scenario, network), this.#timeLimit + waitsOf(scenario))
    // Firefox hears of some messages from another process, after the script has heard of the failure.
    const mayBeLate = endings.some(({ outcome }) => outcome === 'network-error')
    // Of a sandboxed page, messages name the frame that it runs in.
    const [first] = await this.#inTime(this.#page.takeConsole(mayBeLate), this.#timeLimit)
    return {
      id: scenario.id,
      exchanges: scenario.then === undefined ? this.#proxy.exchanges : withoutRepeats(this.#proxy.exchanges),
      ...(scenario.then === undefined ? endings[0] : { outcomes: endings }),
      ...(first === undefined ? {} : { console: [first.replaceAll(frameQuery, '')] }),
    }
  }

  /** What the console says of the visits is no part of the scenario. */
  async #fillJar(scenario: Scenario): Promise<void> {
    this.#jar = jarOf(scenario)
    const { cookies = [] } = scenario
    await this.#inTime(this.#proxy.visit(scenario), this.#timeLimit + visitLimit * cookies.length)
    await sleep(settling)
    await this.#inTime(this.#page.takeConsole(false), this.#timeLimit)
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

/** Milliseconds in which messages come that are on their way between the browser’s processes. */
const settling = 300

/** Milliseconds that each visit and each later request may take in addition. */
const visitLimit = 500

const waitsOf = (scenario: Scenario): number => proofWait(scenario) + visitLimit * (scenario.then?.length ?? 0)

const jarOf = ({ cookies = [] }: Scenario): string => JSON.stringify(cookies)
const noVisits = '[]'

/** Headers that a browser minds beyond the exchange, for whole hosts. */
const remembered = /^(?:set-cookie|strict-transport-security|clear-site-data|alt-svc|accept-ch)$/i

/** Mock servers may send anything; and a beacon that takes its time would arrive in the midst of the next scenario. */
const leavesTraces = ({ request, then = [], server }: Scenario): boolean =>
  [request, ...then].some(({ api }) => api === 'beacon') ||
  (server?.some(({ preflight, response }) =>
    [preflight, response].some(
      (answer) => answer !== undefined && 'headers' in answer && answer.headers.some(([name]) => remembered.test(name)),
    ),
  ) ??
    true)
