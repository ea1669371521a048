import { randomBytes } from 'node:crypto'
import type { SecureContext } from 'node:tls'
import * as v from 'valibot'
import { get } from '#shared/fetch/header-list'
import type { Observation } from '#shared/lab/observation'
import type { ServedResponse } from '#shared/policy/respond'
import type { Scenario } from '#shared/scenario/scenario'
import { listenOnLoopback, type LoopbackListener } from '#node/mock-server/loopback'
import { runnerFrame, runnerPage } from './runner-page.ts'
import { badGateway, ScenarioDesk, type FindMockServer } from './scenario-desk.ts'
import { serveProxyConnection, type ProxiedRequest, type ProxyAnswer } from './serve-proxy-connection.ts'

export interface ProxyParts {
  readonly findMockServer: FindMockServer
  /** A certificate for a host, from the lab's own authority; without it, no https host is served. */
  readonly secureContextFor?: (host: string) => Promise<SecureContext>
  /** Is told, in a line, of what a browser asked for and nobody answers. */
  readonly log: (line: string) => void
}

/** What the page reports of a scenario, apart from what arrived and what was printed. */
export type Seen = Pick<Observation, 'outcome' | 'status' | 'headers'>

const Report = v.object({
  task: v.number(),
  outcome: v.picklist(['basic', 'cors', 'opaque', 'opaqueredirect', 'load', 'network-error', 'exception']),
  status: v.optional(v.number()),
  headers: v.optional(v.array(v.string())),
})

/** Where the page waits that has not been given a scenario yet: on a host that no scenario can mean. */
const waitingRoom = 'http://waiting.invalid'

/** How long the page's call for the next thing to do is kept waiting, in milliseconds: no browser gives up by then. */
const patience = 20_000

/**
 * A forward proxy for one browser page. It serves the page that runs scenarios on whatever origin is asked for, plays the scenario's servers or
 * sends on to mock servers, and lets nothing else through: not to the network, not to the lab's own host, not to any other port of this machine.
 */
export class Proxy {
  readonly #parts: ProxyParts
  /** Nobody but our page knows it: a scenario's request cannot pass for the page's own calls, and neither can another program's. */
  readonly #token = randomBytes(16).toString('hex')
  #listener: LoopbackListener | null = null
  #task: Task | null = null
  #lastTask = 0
  #waiting: ((next: ServedResponse) => void) | null = null
  #waitingAt = ''

  constructor(parts: ProxyParts) {
    this.#parts = parts
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
  readonly startURL = `${waitingRoom}/`

  /** Hands a scenario to the page, and resolves when the page has told how it went. One at a time. */
  run(scenario: Scenario): Promise<Seen> {
    return new Promise((resolve) => {
      this.#task = { id: ++this.#lastTask, scenario, desk: new ScenarioDesk(scenario, this.#parts.findMockServer), handedOut: false, reported: false, resolve }
      this.#handOut()
    })
  }

  /** What has arrived for the scenario that was run last. */
  get exchanges(): Observation['exchanges'] {
    return this.#task?.desk.exchanges ?? []
  }

  async close(): Promise<void> {
    await this.#listener?.close()
  }

  async #answer(request: ProxiedRequest): Promise<ProxyAnswer> {
    const url = URL.parse(request.url)
    if (url?.search.startsWith(`?${this.#token}`)) return this.#own(url, request)
    if (url !== null && this.#isPageLoad(url, request)) return document(runnerPage(this.#token))
    if (this.#task !== null && url !== null && this.#task.desk.knows(request.url)) return this.#task.desk.answer(request)
    const line = `${request.method} ${request.url}`
    this.#parts.log(`Refused: ${line.slice(0, 500)}. It is no server of the scenario, and the lab lets nothing out to the network.`)
    return badGateway('The lab’s proxy answers for the scenario’s servers only.')
  }

  async #tunnel(authority: string): Promise<SecureContext | null> {
    const { secureContextFor, log } = this.#parts
    const url = URL.parse(`https://${authority}/`)
    if (secureContextFor !== undefined && url !== null && this.#task?.desk.knows(url.href)) return secureContextFor(url.hostname)
    log(`Refused: CONNECT ${authority.slice(0, 500)}. It is no server of the scenario, and the lab lets nothing out to the network.`)
    return null
  }

  /** Our page goes only where it was sent, and never while a scenario is under way: then the same URL is one of the scenario's. */
  #isPageLoad({ origin, pathname, search }: URL, { method, headerList }: ProxiedRequest): boolean {
    const isUnderWay = this.#task?.handedOut === true && !this.#task.reported
    const isExpected = origin === waitingRoom || origin === originOf(this.#task?.scenario)
    return isExpected && !isUnderWay && method === 'GET' && pathname + search === '/' && (get(headerList, 'Accept') ?? '').startsWith('text/html')
  }

  /** The page's own calls. */
  #own(url: URL, request: ProxiedRequest): Promise<ServedResponse> | ServedResponse {
    if (url.search === `?${this.#token}.frame`) return document(runnerFrame)
    this.#takeReport(request.body)
    this.#waiting?.(json({}))
    return new Promise((resolve) => {
      this.#waitingAt = url.origin
      const timer = setTimeout(() => this.#waiting?.(json({})), patience)
      this.#waiting = (next) => {
        clearTimeout(timer)
        this.#waiting = null
        resolve(next)
      }
      this.#handOut()
    })
  }

  #takeReport(body: string): void {
    const parsed = v.safeParse(v.nullable(Report), JSON.parse(body))
    const task = this.#task
    if (task === null || !parsed.success || parsed.output?.task !== task.id) return
    const { outcome, status, headers } = parsed.output
    task.reported = true
    task.resolve({ outcome, ...(status === undefined ? {} : { status }), ...(headers === undefined ? {} : { headers }) })
  }

  /** To a page that waits on the right origin; any other is sent there. */
  #handOut(): void {
    const task = this.#task
    if (this.#waiting === null || task === null || task.handedOut) return
    const { request, page } = task.scenario
    const origin = originOf(task.scenario)
    if (origin !== this.#waitingAt) {
      this.#waiting(json({ go: `${origin}/` }))
      return
    }
    task.handedOut = true
    this.#waiting(json({ task: task.id, sandboxed: page.sandboxed === true, request }))
  }
}

interface Task {
  readonly id: number
  readonly scenario: Scenario
  readonly desk: ScenarioDesk
  handedOut: boolean
  reported: boolean
  readonly resolve: (seen: Seen) => void
}

const originOf = (scenario: Scenario | undefined): string | undefined => URL.parse(scenario?.page.origin ?? '')?.origin

const document = (html: string): ServedResponse => ours('text/html; charset=utf-8', html)
const json = (value: unknown): ServedResponse => ours('application/json', JSON.stringify(value))

function ours(type: string, text: string): ServedResponse {
  const body = Buffer.from(text).toString('latin1')
  const headerList = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
    ['Cache-Control', 'no-store'],
  ] as const
  return { status: 200, statusMessage: 'OK', headerList, body }
}
