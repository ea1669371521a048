import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import type { RunningBrowser } from './engine.ts'
import { Lane, LaneBroken } from './lane.ts'
import { errandOf } from './proxy/errand.ts'
import type { ProxyParts } from './proxy/proxy.ts'
import { StartedBrowsers } from './started-browsers.ts'
import { Turns } from './turns.ts'

export interface VerifierParts extends ProxyParts {
  readonly start: () => Promise<RunningBrowser>
  /** Milliseconds that a scenario may take; 8000 unless said otherwise. */
  readonly timeLimit?: number
  /** How many scenarios may be under way at once; the others wait. */
  readonly atOnce?: number
  /**
   * For scenarios that somebody waits for: while one runs, a page is opened for the next, which is most often much the same; and none serves
   * two. Otherwise a page serves scenario after scenario, for as long as nothing that it did before can show.
   */
  readonly opensAhead?: boolean
  /** Is told of a scenario at which the browser broke down, and why; it is tried again. */
  readonly onTrouble?: (scenario: Scenario, why: string) => void
}

/** Milliseconds: a browser at work takes a hundredth of it. */
export const usualTimeLimit = 8000

/** How many pages wait for a scenario of the origin that they are at, before one of them goes elsewhere. */
const spareLanes = 6

/** Observes scenarios in one browser, several at once if asked to. It starts the browser when it is needed, and anew when it is gone. */
export class Verifier {
  readonly #parts: VerifierParts
  readonly #timeLimit: number
  readonly #turns: Turns<Scenario>
  #browser: Promise<RunningBrowser> | null = null
  readonly #browsers = new StartedBrowsers()
  /** Lanes that open or go. */
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #idle = new Set<Lane>()
  /** The page that is opened ahead; where it does not open, whoever comes next tries again, and is told. */
  #ahead: Promise<Lane | null> | null = null
  /** Second tries come one after another, each in a browser of its own: whose fault it was shows then. */
  #lastRetry: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(parts: VerifierParts) {
    this.#parts = parts
    this.#timeLimit = parts.timeLimit ?? usualTimeLimit
    this.#turns = new Turns(parts.atOnce ?? Infinity, (scenario) =>
      [...this.#idle].some((lane) => lane.isFreshFor(scenario) && lane.standsAt(scenario)),
    )
  }

  /**
   * @param network whether the scenario's own hosts may be asked for real.
   * @throws with a sentence, where the browser does not start, or broke down twice at this scenario.
   */
  observe(scenario: Scenario, network = false): Promise<Observation> {
    return this.#turns.run(scenario, () => this.#observeNow(scenario, network))
  }

  async #observeNow(scenario: Scenario, network: boolean): Promise<Observation> {
    // Throws before anything is opened that would never come.
    errandOf(scenario)
    let lane: Lane | undefined
    try {
      lane = await this.#laneFor(scenario)
      if (this.#parts.opensAhead) this.#ahead ??= this.#open(scenario).catch(() => null)
      const observation = await lane.observe(scenario, network)
      if (this.#parts.opensAhead) void this.#end(lane)
      else this.#idle.add(lane)
      return observation
    } catch (error) {
      if (lane !== undefined) void this.#end(lane)
      if (!(error instanceof LaneBroken) || this.#closed) throw error
      this.#parts.onTrouble?.(scenario, error.message)
      return this.#retry(scenario, network)
    }
  }

  /** @throws where the browser does not start. */
  async ready(): Promise<void> {
    await this.#running()
  }

  async close(): Promise<void> {
    this.#closed = true
    // The lanes end with their browser, also those that open just now.
    await this.#browsers.close()
    const lanes = [...this.#idle]
    this.#idle.clear()
    const ahead = this.#ahead?.then((lane) => lane?.close())
    await Promise.allSettled([this.#lastRetry, ...this.#underWay, ahead, ...lanes.map((lane) => lane.close())])
  }

  async #laneFor(scenario: Scenario): Promise<Lane> {
    const opening = this.#ahead
    this.#ahead = null
    const ahead = await opening
    if (ahead?.isFreshFor(scenario)) return ahead
    if (ahead) void this.#end(ahead)
    const idle = [...this.#idle]
    const fresh = idle.filter((lane) => lane.isFreshFor(scenario))
    // Going to another origin takes longer than most scenarios do.
    const lane = fresh.find((each) => each.standsAt(scenario)) ?? (idle.length < spareLanes ? undefined : fresh[0])
    const taken = lane ?? (idle.length < spareLanes ? undefined : idle[0])
    if (taken !== undefined) this.#idle.delete(taken)
    if (lane !== undefined) return lane
    if (taken !== undefined) void this.#end(taken)
    return this.#open(scenario)
  }

  async #open(scenario: Scenario): Promise<Lane> {
    const browser = await this.#running()
    try {
      return await this.#awaited(Lane.open(browser, this.#parts, scenario, this.#timeLimit))
    } catch (error) {
      throw new LaneBroken(error instanceof Error ? error.message : 'The browser opened no page.')
    }
  }

  #end(lane: Lane): Promise<void> {
    return this.#awaited(lane.close())
  }

  /** What the end of the lab waits for. */
  #awaited<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work)
    const forget = () => this.#underWay.delete(work)
    work.then(forget, forget)
    return work
  }

  #running(): Promise<RunningBrowser> {
    if (this.#browser !== null) return this.#browser
    const starting = this.#browsers.start(this.#parts.start)
    const forget = () => {
      if (this.#browser === starting) this.#browser = null
    }
    starting.then((browser) => browser.exited.then(forget), forget)
    this.#browser = starting
    return starting
  }

  #retry(scenario: Scenario, network: boolean): Promise<Observation> {
    const retry = this.#lastRetry.then(async () => {
      const browser = await this.#browsers.start(this.#parts.start)
      try {
        const lane = await Lane.open(browser, this.#parts, scenario, this.#timeLimit)
        try {
          return await lane.observe(scenario, network)
        } finally {
          await lane.close()
        }
      } finally {
        await browser.close()
      }
    })
    this.#lastRetry = retry.catch(() => null)
    return retry
  }
}
