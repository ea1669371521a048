import { randomUUID } from 'node:crypto'
import type { Browser } from '#shared/contract/browsers'
import { LabError } from '#shared/contract/errors'
import type { Emit } from '#shared/contract/events'
import type { ParsedInput } from '#shared/contract/methods'
import type { Browsers } from './browsers.ts'
import type { RunningBrowser } from './engine.ts'
import { Lane } from './lane.ts'
import { errandOf } from './proxy/errand.ts'
import type { ProxyParts } from './proxy/proxy.ts'
import { startBrowser } from './start-browser.ts'
import { StartedBrowsers } from './started-browsers.ts'
import { usualTimeLimit, Verifier } from './verifier.ts'

/** A browser that is no program of its own: the host of the lab starts it. */
export interface OwnBrowser {
  readonly browser: Browser
  start(visible: boolean): Promise<RunningBrowser>
}

export interface ProofParts {
  readonly browsers: Browsers
  readonly own: OwnBrowser | null
  readonly proxy: ProxyParts
  readonly emit: Emit
}

type Wish = Pick<ParsedInput<'proof.start'>, 'scenario' | 'network'>

/** Proofs under way, and the browsers they keep warm. */
export class Proofs {
  readonly #parts: ProofParts
  readonly #verifiers = new Map<string, Verifier>()
  readonly #underWay = new Map<string, AbortController>()
  readonly #windows = new StartedBrowsers()
  #isClosed = false

  constructor(parts: ProofParts) {
    this.#parts = parts
  }

  /** @throws LabError no-such-browser */
  async start({ scenario, browsers: ids, network }: ParsedInput<'proof.start'>): Promise<string> {
    const found = await this.#all()
    const chosen = ids === undefined ? found : ids.map((id) => withId(found, id))
    if (chosen.length === 0) throw new LabError('no-such-browser', { id: null })
    const proofId = randomUUID()
    const cancelling = new AbortController()
    this.#underWay.set(proofId, cancelling)
    setImmediate(() => {
      const all = chosen.map((browser) => this.#ask(proofId, browser, { scenario, network }, cancelling.signal))
      void Promise.all(all).then(() => {
        this.#underWay.delete(proofId)
        this.#parts.emit('proof.finished', { proofId })
      })
    })
    return proofId
  }

  cancel(proofId: string): void {
    this.#underWay.get(proofId)?.abort()
  }

  /** @throws LabError no-such-browser, browser-failed, proof-waits-too-long */
  async openWindow({ scenario, browser: id, network }: ParsedInput<'proof.open-window'>): Promise<void> {
    const browser = withId(await this.#all(), id)
    try {
      // Throws before anything is opened that would never come.
      errandOf(scenario)
      const running = await this.#windows.start(() => this.#startBrowser(browser, true))
      const lane = await Lane.open(running, this.#parts.proxy, scenario, usualTimeLimit).catch(async (error: unknown) => {
        await running.close()
        throw error
      })
      void running.exited.then(() => lane.close())
      // What it does is seen in the window.
      lane.observe(scenario, network).catch(() => undefined)
    } catch (error) {
      throw failed(browser, error)
    }
  }

  /** Ends every browser that the lab has started. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const cancelling of this.#underWay.values()) cancelling.abort()
    await Promise.all([this.#windows, ...this.#verifiers.values()].map((each) => each.close()))
    this.#verifiers.clear()
  }

  async list() {
    const { browsers, missing } = await this.#parts.browsers.list()
    const { own } = this.#parts
    return {
      browsers: own === null ? browsers : [own.browser, ...browsers],
      missing: missing.filter(({ engine }) => engine !== own?.browser.engine),
    }
  }

  #all = async (): Promise<readonly Browser[]> => (await this.list()).browsers

  async #ask(proofId: string, browser: Browser, { scenario, network }: Wish, signal: AbortSignal): Promise<void> {
    const { emit } = this.#parts
    const { id } = browser
    const startedAt = performance.now()
    emit('proof.asking', { proofId, browser: id })
    const verifier = this.#verifierOf(browser)
    const cancelled = new Promise<'cancelled'>((resolve) => signal.addEventListener('abort', () => resolve('cancelled'), { once: true }))
    try {
      const observation = await Promise.race([verifier.observe(scenario, network), cancelled])
      if (observation === 'cancelled') emit('proof.failed', { proofId, browser: id, error: 'cancelled' })
      else emit('proof.observed', { proofId, browser: id, observation, took: performance.now() - startedAt })
    } catch (error) {
      emit('proof.failed', { proofId, browser: id, error: failed(browser, error).toJSON() })
    }
  }

  #verifierOf(browser: Browser): Verifier {
    const kept = this.#verifiers.get(browser.id)
    if (kept !== undefined) return kept
    const verifier = new Verifier({ ...this.#parts.proxy, opensAhead: true, start: () => this.#startBrowser(browser, false) })
    this.#verifiers.set(browser.id, verifier)
    return verifier
  }

  async #startBrowser({ engine, program, name }: Browser, visible: boolean): Promise<RunningBrowser> {
    if (this.#isClosed) throw new LabError('browser-failed', { browser: name, reason: 'The lab is closing.' })
    if (program !== null) return startBrowser(engine, { program, visible })
    if (this.#parts.own !== null) return this.#parts.own.start(visible)
    throw new LabError('no-such-browser', { id: engine })
  }
}

function withId(browsers: readonly Browser[], id: string): Browser {
  const found = browsers.find((browser) => browser.id === id)
  if (found === undefined) throw new LabError('no-such-browser', { id })
  return found
}

function failed({ name }: Browser, error: unknown): LabError {
  if (error instanceof LabError) return error as LabError
  return new LabError('browser-failed', { browser: name, reason: error instanceof Error ? error.message : '' })
}
