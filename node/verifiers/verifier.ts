import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import type { RunningBrowser } from './engine.ts'
import { Lane, LaneBroken } from './lane.ts'
import type { ProxyParts } from './proxy/proxy.ts'

export interface VerifierParts extends ProxyParts {
  readonly start: () => Promise<RunningBrowser>
  /** Is told of a scenario at which the browser broke down, and why; it is tried again. */
  readonly onTrouble?: (scenario: Scenario, why: string) => void
}

/** Observes scenarios in one browser, several at once if asked to. It starts the browser when it is needed, and anew when it is gone. */
export class Verifier {
  readonly #parts: VerifierParts
  #browser: Promise<RunningBrowser> | null = null
  readonly #idle = new Set<Lane>()
  /** Second tries come one after another, each in a browser of its own: whose fault it was shows then. */
  #lastRetry: Promise<unknown> = Promise.resolve()
  #closed = false

  constructor(parts: VerifierParts) {
    this.#parts = parts
  }

  /** @throws with a sentence, where the browser does not start, or broke down twice at this scenario. */
  async observe(scenario: Scenario): Promise<Observation> {
    try {
      const lane = await this.#laneFor(scenario)
      const observation = await lane.observe(scenario)
      this.#idle.add(lane)
      return observation
    } catch (error) {
      if (!(error instanceof LaneBroken) || this.#closed) throw error
      this.#parts.onTrouble?.(scenario, error.message)
      return this.#retry(scenario)
    }
  }

  /** Has a page at hand that knows of nothing, so that the next scenario need not wait for one. */
  async warm(): Promise<void> {
    const used = [...this.#idle]
    this.#idle.clear()
    await Promise.all([
      ...used.map((lane) => lane.close()),
      this.#open()
        .then((lane) => this.#idle.add(lane))
        // Whoever comes next tries again, and is told.
        .catch(() => undefined),
    ])
  }

  async close(): Promise<void> {
    this.#closed = true
    const lanes = [...this.#idle]
    this.#idle.clear()
    const browser = await this.#browser?.catch(() => null)
    await browser?.close()
    await Promise.all(lanes.map((lane) => lane.close()))
  }

  async #laneFor(scenario: Scenario): Promise<Lane> {
    for (const lane of this.#idle) {
      this.#idle.delete(lane)
      if (!lane.isGone && lane.isFreshFor(scenario)) return lane
      void lane.close()
    }
    return this.#open()
  }

  async #open(): Promise<Lane> {
    const browser = await this.#running()
    return Lane.open(browser, this.#parts)
  }

  #running(): Promise<RunningBrowser> {
    if (this.#browser !== null) return this.#browser
    const starting = this.#parts.start()
    const forget = () => {
      if (this.#browser === starting) this.#browser = null
    }
    starting.then((browser) => browser.exited.then(forget), forget)
    this.#browser = starting
    return starting
  }

  #retry(scenario: Scenario): Promise<Observation> {
    const retry = this.#lastRetry.then(async () => {
      const browser = await this.#parts.start()
      try {
        const lane = await Lane.open(browser, this.#parts)
        try {
          return await lane.observe(scenario)
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
