import { get } from '#shared/fetch/header-list'
import type { ObservedExchange } from '#shared/lab/observation'
import { serversOf } from '#shared/lab/servers-of-scenario'
import { isCORSPreflightRequest } from '#shared/policy/cors-headers'
import type { ServedResponse } from '#shared/policy/respond'
import { inOtherScheme } from '#shared/policy/server-at'
import type { Scenario } from '#shared/scenario/scenario'
import { answerOfSteps } from '#node/runner/scenario-server'
import { forward, type Upstream } from './forward.ts'
import type { ProxiedRequest, ProxyAnswer } from './serve-proxy-connection.ts'

/** Where a URL leads that has no answer in the scenario itself. */
export interface Surroundings {
  /** To the mock server that runs there; null where none does. */
  readonly mockServerAt: (url: URL) => Upstream | null
  /** Whether a port of this machine is the lab's own interface: no page gets there, whatever its user allows. */
  readonly isOwnPort: (port: number) => boolean
}

/** Plays the servers of one scenario, and keeps what arrives at them. */
export class ScenarioDesk {
  readonly exchanges: ObservedExchange[] = []
  readonly #scenario: Scenario
  readonly #surroundings: Surroundings
  readonly #network: boolean
  readonly #isServed: ReturnType<typeof serversOf>
  #dropped: string | null = null
  #lastArrival = performance.now()

  /** @param network whether the scenario's own hosts may be asked for real, where it has no servers and no mock server answers for them. */
  constructor(scenario: Scenario, surroundings: Surroundings, network: boolean) {
    this.#scenario = scenario
    this.#surroundings = surroundings
    this.#network = network
    this.#isServed = serversOf(scenario)
  }

  /** Whether a URL leads to a server that has a part in the scenario. What a browser asks of others is its own affair. */
  knows(url: URL): boolean {
    if (this.#scenario.server !== undefined) return this.#isServed(url) === true
    if (this.#surroundings.mockServerAt(url) !== null) return true
    // A mock server that speaks https alone says so over http; one that speaks http alone says nothing over TLS.
    const otherwise = this.#surroundings.mockServerAt(inOtherScheme(url))
    return otherwise === null ? this.#isServed(url) === true : url.protocol === 'http:'
  }

  /** Whether a URL leads where nobody speaks its scheme, although the scenario's servers are there. */
  closesOn(url: URL): boolean {
    return !this.knows(url) && (this.#isServed(url) === false || this.knows(inOtherScheme(url)))
  }

  answer(request: ProxiedRequest): ProxyAnswer {
    this.#lastArrival = performance.now()
    const exchange = observed(request)
    // A browser may send a request again whose connection was closed without a word; that is not the page's doing.
    const said = JSON.stringify(exchange)
    if (this.#dropped !== said) this.exchanges.push(exchange)
    this.#dropped = null
    const drop = () => {
      this.#dropped = said
    }

    const { server } = this.#scenario
    if (server !== undefined) {
      const answer = answerOfSteps(server, request.url, request)
      if (answer === 'drop') drop()
      return answer
    }
    const upstream = this.#upstreamOf(new URL(request.url))
    if (upstream === null)
      return badGateway(`No mock server runs for ${new URL(request.url).origin}, and the lab lets nothing out to the network.`)
    if (request.bodySize > request.body.length) return badGateway('The body is larger than the lab’s proxy takes on.')
    return async (socket) => {
      if (!(await forward(request, upstream, socket))) drop()
    }
  }

  #upstreamOf(url: URL): Upstream | null {
    const otherwise = url.protocol === 'http:' ? this.#surroundings.mockServerAt(inOtherScheme(url)) : null
    const mockServer = this.#surroundings.mockServerAt(url) ?? (otherwise && { ...otherwise, secure: false })
    if (mockServer !== null || !this.#network) return mockServer
    const secure = url.protocol === 'https:'
    const port = Number(url.port || (secure ? 443 : 80))
    return this.#surroundings.isOwnPort(port) ? null : { host: url.hostname.replace(/^\[|\]$/g, ''), port, secure }
  }

  /** Resolves once nothing has arrived for a while. @param expected how many arrivals are waited for longer. */
  async quiet(expected: number): Promise<void> {
    this.#lastArrival = performance.now()
    for (;;) {
      const patience = this.exchanges.length < expected ? arrivesWithin : quietAfter
      const wait = this.#lastArrival + patience - performance.now()
      if (wait <= 0) return
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, quietAfter)))
    }
  }
}

/** Milliseconds without any arrival after which none is to be expected. */
const quietAfter = 300

/** Milliseconds that a busy browser may take over a request of which nothing has arrived yet; one that it blocks never does. */
const arrivesWithin = 2000

export function badGateway(why: string): ServedResponse {
  const body = Buffer.from(`${why}\n`).toString('latin1')
  const headerList = [
    ['Content-Type', 'text/plain;charset=utf-8'],
    ['Content-Length', String(body.length)],
  ] as const
  return { status: 502, statusMessage: 'Bad Gateway', headerList, body }
}

function observed({ method, url, headerList }: ProxiedRequest): ObservedExchange {
  const origin = get(headerList, 'Origin')
  if (!isCORSPreflightRequest({ method, headerList })) {
    const cookies = cookieNames(get(headerList, 'Cookie'))
    return { kind: 'request', method, url, origin, ...(cookies.length === 0 ? {} : { cookies }) }
  }
  return {
    kind: 'preflight',
    method,
    url,
    origin,
    requestMethod: get(headerList, 'Access-Control-Request-Method') ?? '',
    requestHeaders: (get(headerList, 'Access-Control-Request-Headers') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  }
}

const cookieNames = (header: string | null): string[] =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.split('=', 1).join('').trim())
    .filter(Boolean)
    .sort()
