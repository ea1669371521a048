import type { Written } from '#shared/lab/origin-ruler'
import type { MockServer } from '#shared/policy/mock-server'
import type { Scenario } from '#shared/scenario/scenario'
import type { Facts } from './facts.ts'

/**
 * A lesson is data. In every text of it, servers and pages included, `{api}` stands for the port that the server with the role `api` has at the
 * moment, `{evil.origin}` for an origin that it answers for, and `shop.{top}` for a host, whatever the pages run in: see `places.ts`.
 */
export interface Lesson {
  readonly id: string
  readonly title: string
  readonly minutes: number
  readonly servers: readonly LessonServer[]
  readonly steps: readonly Step[]
}

export interface LessonServer {
  readonly role: string
  readonly name: string
  /** The port it has where nobody else has it. */
  readonly port: number
  /** A host under `test` that only the lab's own browsers find it under, such as `evil.test`. */
  readonly host?: string
  readonly definition: Partial<Omit<MockServer, 'id' | 'name' | 'port' | 'hosts'>>
}

export interface Step {
  readonly title: string
  /** Paragraphs; names and values between backticks. At most 150 words in all. */
  readonly text: readonly string[]
  /** The request that it is about: what rules on it, as the servers are set at the moment, is the reason. */
  readonly why?: Why
  readonly checks: readonly Check[]
  readonly bench: readonly BenchPart[]
}

/** Ticks itself, and stays ticked until the lesson is reset. */
export interface Check {
  /** Unique in its lesson. */
  readonly id: string
  readonly text: string
  readonly done: (facts: Facts) => boolean
}

/** What the learner works with, in the order in which it stands there. */
export type BenchPart =
  /** Pairs of origins, each predicted before the ruler shows it; then two of one's own. */
  | { readonly part: 'quiz'; readonly pairs: readonly Pair[] }
  | { readonly part: 'ruler'; readonly title: string; readonly a: string; readonly b: string }
  /** Pages that run in a real browser, or in a window. */
  | { readonly part: 'pages'; readonly pages: readonly PageCard[] }
  /** Requests with their prediction and diagram, which the lab sends itself, with no browser. */
  | { readonly part: 'exchange'; readonly requests: readonly LessonRequest[] }
  /** Who may read, as a form. */
  | { readonly part: 'policy'; readonly server: string }
  | { readonly part: 'log'; readonly servers: readonly string[] }
  /** What a page's report says, a row for each way: sent, readable, what the script sees. */
  | { readonly part: 'reach'; readonly server: string; readonly ways: readonly { readonly step: string; readonly text: string }[] }
  /** Every header of CORS, each with the request that shows it. */
  | { readonly part: 'headers'; readonly server: string; readonly headers: readonly HeaderEntry[] }
  /** The same server in other frameworks. */
  | { readonly part: 'listings'; readonly listings: readonly Listing[] }
  /** A second request some time after the first: which browser asks anew. */
  | { readonly part: 'clock'; readonly request: LessonRequest }

export interface Pair {
  readonly id: string
  readonly a: Written
  readonly b: Written
}

export interface PageCard {
  readonly id: string
  readonly url: string
  /** What its button says. */
  readonly button: string
  /** Where the visitor was before, and which cookies that left: as somebody who is logged in. */
  readonly cookies?: readonly { readonly url: string; readonly set: readonly string[] }[]
  readonly note?: string
  /** What a window of the browser that shows the lab needs for it, where that is not enough as it is. */
  readonly windowNote?: string
}

export interface LessonRequest extends Pick<Scenario, 'id' | 'page' | 'request' | 'then' | 'cookies'> {
  readonly name: string
}

export type Why = Omit<LessonRequest, 'id' | 'name'>

export interface HeaderEntry {
  readonly name: string
  readonly side: 'request' | 'response'
  readonly on: 'preflight' | 'request'
  readonly text: string
  /** The request that shows it. */
  readonly request: LessonRequest
}

export interface Listing {
  readonly name: string
  /** As it is saved. */
  readonly file: string
  readonly run: string
  readonly code: string
}

/** What a lesson is about as requests, each once: those that the lab sends itself, and those that say why. */
export function requestsOf({ steps }: Lesson): LessonRequest[] {
  const all = steps.flatMap(({ title, bench, why }) => [
    ...bench.flatMap(requestsAt),
    ...(why === undefined ? [] : [{ id: title, name: title, ...why }]),
  ])
  const asked = ({ page, request, then, cookies }: LessonRequest) => JSON.stringify([page, request, then, cookies])
  return all.filter((each, at) => all.findIndex((other) => asked(other) === asked(each)) === at)
}

function requestsAt(part: BenchPart): readonly LessonRequest[] {
  if (part.part === 'exchange') return part.requests
  return part.part === 'headers' ? part.headers.map(({ request }) => request) : []
}
