import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { get } from '#shared/fetch/header-list'
import type { ObservedEnding } from '#shared/lab/observation'
import type { ServedResponse } from '#shared/policy/respond'
import type { LaterRequest, Visit } from '#shared/scenario/scenario'
import { frameQuery, runnerFrame, runnerPage, type Frame } from './runner-page.ts'
import type { ProxiedRequest } from './serve-proxy-connection.ts'

/** What the page is to do: get its cookies, go to its origin, run the requests. */
export interface Errand {
  readonly visits: readonly Visit[]
  readonly origin: string
  readonly frame: Frame
  readonly requests: readonly LaterRequest[]
}

const Report = v.nullable(
  v.object({
    task: v.number(),
    endings: v.array(
      v.object({
        outcome: v.picklist(['basic', 'cors', 'opaque', 'opaqueredirect', 'load', 'network-error', 'exception', 'sent', 'refused']),
        status: v.exactOptional(v.number()),
        headers: v.exactOptional(v.array(v.string())),
        readable: v.exactOptional(v.boolean()),
      }),
    ),
  }),
)

/** Where a page is that has an origin of its own nowhere, or is to visit others first: on a host that no scenario can mean. */
export const waitingRoom = 'http://waiting.invalid'

/** How long the page's call for the next thing to do is kept waiting, in milliseconds: no browser gives up by then. */
const patience = 20_000

/** How often the page is sent to the same place before it is clear that the browser does not take it there. */
const attempts = 3

/** Serves the page that runs scenarios, wherever it is to be, and gives it one errand after another. */
export class RunnerDesk {
  readonly #home: string
  /**
   * What the page's next call is known by. Each answer brings the one for the call after it, and it holds once: a page of the same origin finds
   * calls in the runner's list of what was loaded, but those are over by then.
   */
  #pass = newPass()
  #hasArrived: () => void = () => undefined
  /** Resolves when the page has been loaded and calls for the first time. */
  readonly arrival = new Promise<void>((resolve) => (this.#hasArrived = resolve))
  #task: Task | null = null
  #lastTask = 0
  #waiting: ((next: Next) => void) | null = null
  #waitingAt = ''

  /** @param home the origin at which the page waits for its first errand. */
  constructor(home: string) {
    this.#home = home
  }

  /** Resolves with how each request ended. One errand at a time. */
  run(errand: Errand): Promise<readonly ObservedEnding[]> {
    return new Promise((resolve, reject) => {
      this.#task = { ...errand, id: ++this.#lastTask, visits: [...errand.visits], sent: 0, state: 'on the way', resolve, reject }
      this.#handOut()
    })
  }

  /** What only our page asks for, or the page itself; null for everything else. */
  async answer(url: URL, request: ProxiedRequest): Promise<ServedResponse | null> {
    if (url.search === frameQuery && this.#task?.frame === 'sandboxed') return document(runnerFrame, [])
    if (url.search === `?${this.#pass}`) return this.#next(url, request.body)
    // Once requests are under way, the same URL is one of the scenario's; and no script of theirs gets another page that may call.
    if ((this.#task !== null && this.#task.state !== 'on the way') || !isDocumentLoad(request)) return null
    const [visit] = this.#task?.visits ?? []
    if (visit !== undefined && url.href === URL.parse(visit.url)?.href) {
      this.#task?.visits.shift()
      if (this.#task !== null) this.#task.sent = 0
      return this.#page(visit.set)
    }
    const isExpected = url.origin === (this.#task?.origin ?? this.#home)
    return isExpected && url.pathname + url.search === '/' ? this.#page([]) : null
  }

  #page(cookies: readonly string[]): ServedResponse {
    return document(runnerPage((this.#pass = newPass())), cookies)
  }

  #next(url: URL, body: string): Promise<ServedResponse> {
    this.#pass = newPass()
    this.#hasArrived()
    this.#takeReport(body)
    this.#waiting?.({})
    return new Promise((resolve) => {
      this.#waitingAt = url.origin
      const timer = setTimeout(() => this.#waiting?.({}), patience).unref()
      this.#waiting = (next) => {
        clearTimeout(timer)
        this.#waiting = null
        resolve(json({ ...next, pass: this.#pass }))
      }
      this.#handOut()
    })
  }

  #takeReport(body: string): void {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), body)
    const task = this.#task
    if (task === null || !parsed.success || parsed.output?.task !== task.id) return
    task.state = 'done'
    task.resolve(parsed.output.endings)
  }

  /** To a page that waits in the right place; any other is sent there. */
  #handOut(): void {
    const task = this.#task
    if (this.#waiting === null || task?.state !== 'on the way') return
    const [visit] = task.visits
    if (visit === undefined && task.origin === this.#waitingAt) {
      const { id, frame, requests } = task
      task.state = 'under way'
      this.#waiting({ task: id, frame, requests })
      return
    }
    const go = visit?.url ?? `${task.origin}/`
    if (++task.sent > attempts) {
      task.state = 'done'
      task.reject(new Error(`The browser does not open ${go}: it went to ${this.#waitingAt} instead.`))
      return
    }
    this.#waiting({ go })
  }
}

/** What the page is told to do; nothing: to ask again. */
type Next = { readonly go: string } | { readonly task: number; readonly frame: Frame; readonly requests: readonly LaterRequest[] } | object

interface Task extends Errand {
  readonly id: number
  readonly visits: Visit[]
  /** How often the page was sent to where it is to go next. */
  sent: number
  state: 'on the way' | 'under way' | 'done'
  readonly resolve: (endings: readonly ObservedEnding[]) => void
  readonly reject: (error: Error) => void
}

const newPass = (): string => randomBytes(16).toString('hex')

const isDocumentLoad = ({ method, headerList }: ProxiedRequest): boolean =>
  method === 'GET' && (get(headerList, 'Accept') ?? '').startsWith('text/html')

const document = (html: string, cookies: readonly string[]): ServedResponse => ours('text/html; charset=utf-8', html, cookies)
const json = (value: unknown): ServedResponse => ours('application/json', JSON.stringify(value), [])

function ours(type: string, text: string, cookies: readonly string[]): ServedResponse {
  const body = Buffer.from(text).toString('latin1')
  const headerList: [string, string][] = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
    ['Cache-Control', 'no-store'],
    ...cookies.map((line): [string, string] => ['Set-Cookie', line]),
  ]
  return { status: 200, statusMessage: 'OK', headerList, body }
}
