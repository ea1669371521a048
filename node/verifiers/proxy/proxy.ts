import type { SecureContext } from 'node:tls'
import { get } from '#shared/fetch/header-list'
import type { Observation, ObservedEnding } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import { listenOnLoopback, type LoopbackListener } from '#node/mock-server/loopback'
import { errandOf, homeOf, visitsOf } from './errand.ts'
import { RunnerDesk } from './runner-desk.ts'
import { badGateway, ScenarioDesk, type Surroundings } from './scenario-desk.ts'
import { serveProxyConnection, type ProxiedRequest, type ProxyAnswer } from './serve-proxy-connection.ts'

export interface ProxyParts extends Surroundings {
  /** A certificate for a host, from the lab's own authority; without it, no https host is served. */
  readonly secureContextFor?: (host: string) => Promise<SecureContext>
  /** Is told, in a line, of what a browser asked for and nobody answers. */
  readonly log: (line: string) => void
}

/**
 * A forward proxy for one browser page. It serves the page that runs scenarios on whatever origin is asked for, plays the scenario's servers or
 * sends on to mock servers, and lets nothing else through: not to the network, not to the lab's own host, not to any other port of this machine.
 */
export class Proxy {
  readonly #parts: ProxyParts
  readonly #runner: RunnerDesk
  #desk: ScenarioDesk
  #listener: LoopbackListener | null = null

  /** @param scenario the first, which is expected. */
  constructor(parts: ProxyParts, scenario: Scenario) {
    const home = homeOf(scenario)
    this.#parts = parts
    this.#runner = new RunnerDesk(home)
    this.#desk = new ScenarioDesk(scenario, parts, false)
    this.startURL = `${home}/`
  }

  async listen(): Promise<void> {
    this.#listener = await listenOnLoopback(0, (socket) => {
      void serveProxyConnection(socket, { answer: (request) => this.#answer(request), tunnel: (authority) => this.#tunnel(authority) })
    })
  }

  get port(): number {
    return this.#listener?.port ?? 0
  }

  /** The page to be opened in the browser; it waits there for the first scenario. */
  readonly startURL: string

  /** Resolves when the page is there. */
  get arrival(): Promise<void> {
    return this.#runner.arrival
  }

  /** Hands a scenario to the page, and resolves when the page has told how each request ended. One at a time. */
  async run(scenario: Scenario, network: boolean): Promise<readonly ObservedEnding[]> {
    const errand = errandOf(scenario)
    const desk = (this.#desk = new ScenarioDesk(scenario, this.#parts, network))
    const endings = await this.#runner.run(errand)
    // A beacon may be on its way when the page has long been told that it was sent.
    if (endings.some(({ outcome }) => outcome === 'sent')) await desk.quiet(endings.length)
    return endings
  }

  /** Gets the page the cookies that the scenario begins with. */
  async visit(scenario: Scenario): Promise<void> {
    const errand = visitsOf(scenario)
    this.#desk = new ScenarioDesk(scenario, this.#parts, false)
    await this.#runner.run(errand)
  }

  /** What has arrived for the scenario that was run last. */
  get exchanges(): Observation['exchanges'] {
    return this.#desk.exchanges
  }

  async close(): Promise<void> {
    await this.#listener?.close()
  }

  async #answer(request: ProxiedRequest): Promise<ProxyAnswer> {
    const url = URL.parse(request.url)
    if (get(request.headerList, 'Service-Worker') !== null) {
      const why = 'A service worker would answer in the place of the page that runs scenarios.'
      this.#refuse(`${request.method} ${request.url}`, why)
      return badGateway(why)
    }
    const own = url === null ? null : await this.#runner.answer(url, request)
    if (own !== null) return own
    if (url !== null && this.#desk.knows(url)) return this.#desk.answer(request)
    if (url !== null && this.#desk.closesOn(url)) return 'drop'
    this.#refuse(`${request.method} ${request.url}`)
    return badGateway('The lab’s proxy answers for the scenario’s servers only.')
  }

  async #tunnel(authority: string): Promise<SecureContext | 'no TLS' | null> {
    const { secureContextFor } = this.#parts
    const url = URL.parse(`https://${authority}/`)
    if (secureContextFor !== undefined && url !== null && this.#desk.knows(url)) return secureContextFor(url.hostname)
    if (url !== null && this.#desk.closesOn(url)) return 'no TLS'
    this.#refuse(`CONNECT ${authority}`)
    return null
  }

  #refuse(what: string, why = 'It is no server of the scenario, and the lab lets nothing out to the network.'): void {
    this.#parts.log(`Refused: ${what.slice(0, 500)}. ${why}`)
  }
}
