import * as v from 'valibot'
import { parseHead } from '#shared/codecs/raw-http'
import type { ServerExchange } from '#shared/contract/wire'
import { utf8Decode } from '#shared/fetch/byte-strings'
import { get, type HeaderList } from '#shared/fetch/header-list'
import type { Outcome } from '#shared/lab/prediction'
import type { MockServer } from '#shared/policy/mock-server'
import { reportPath } from './page-html.ts'

/** What a lesson is judged by: what was seen, oldest first, and how its servers are set up now. Nobody's word that they read it. */
export interface Facts {
  readonly seen: readonly Fact[]
  readonly servers: Readonly<Record<string, MockServer>>
}

export type Fact = ExchangeFact | ReportFact | RunFact | AnswerFact

/** A request that arrived at one of the lesson's servers. */
export interface ExchangeFact {
  readonly fact: 'exchange'
  readonly role: string
  readonly kind: 'preflight' | 'request'
  readonly method: string
  readonly target: string
  readonly origin: string | null
  readonly status: number | null
  /** Whether the server's own code ran. */
  readonly handled: boolean
  readonly request: HeaderList
  readonly response: HeaderList
  readonly body: string
}

/** What a page's script says it has seen; which page it is, its browser says, by the `Origin` of the report. */
export interface ReportFact extends Report {
  readonly fact: 'report'
  readonly role: string
  readonly origin: string | null
  /** The page's URL without its query, by its `Referer`. */
  readonly page: string
}

/** A request that the lab sent itself, with no browser. */
export interface RunFact {
  readonly fact: 'run'
  readonly id: string
  readonly outcome: Outcome
  readonly status: number | null
  readonly preflights: number
}

/** What the learner predicted. */
export interface AnswerFact {
  readonly fact: 'answer'
  readonly question: string
  readonly right: boolean
}

/** One thing a page tried. */
export const Report = v.object({
  step: v.pipe(v.string(), v.maxLength(60)),
  /** `read`: the script has it; `blocked`: it got an error; `opaque`: it got something with nothing in it; `done`: it took effect. */
  outcome: v.picklist(['read', 'blocked', 'opaque', 'done']),
  text: v.pipe(v.string(), v.maxLength(2000)),
})
export type Report = v.InferOutput<typeof Report>

const Reports = v.pipe(v.string(), v.parseJson(), v.array(Report), v.maxLength(100))

/** The bytes of an exchange, as latin-1 strings. */
export interface ExchangeText {
  readonly request: string
  readonly response: string
}

/** The facts in one exchange of a server: that it was, and what a page reports by it. A body that is no report is only an exchange. */
export function factsOf(role: string, exchange: ServerExchange, text: ExchangeText): Fact[] {
  const request = parsed(text.request)
  const { kind, method, target, origin, status, handled = kind === 'request' } = exchange
  const isReport = method === 'POST' && target === reportPath
  const reports = isReport ? v.safeParse(Reports, utf8Decode(request.body)) : null
  if (reports?.success) {
    const page = (header(request.headerList, 'Referer') ?? '').replace(/\?.*/, '')
    return reports.output.map((report): ReportFact => ({ fact: 'report', role, origin, page, ...report }))
  }
  const response = parsed(text.response).headerList
  return [
    { fact: 'exchange', role, kind, method, target, origin, status, handled, request: request.headerList, response, body: request.body },
  ]
}

function parsed(text: string): { headerList: HeaderList; body: string } {
  const { headerList, bodyOffset } = parseHead(text)
  return { headerList, body: bodyOffset === null ? '' : text.slice(bodyOffset) }
}

type Wanted<F> = { readonly [K in keyof F]?: F[K] | RegExp | ((value: F[K]) => boolean) }

/** A condition on one kind of fact: each field as given, or as its pattern or function has it. */
const matching =
  <F extends Fact>(fact: F['fact']) =>
  (wanted: Wanted<F>) =>
  (candidate: Fact): boolean =>
    candidate.fact === fact &&
    Object.entries(wanted).every(([name, value]) => meets((candidate as unknown as Record<string, unknown>)[name], value))

function meets(actual: unknown, wanted: unknown): boolean {
  if (wanted instanceof RegExp) return typeof actual === 'string' && wanted.test(actual)
  if (typeof wanted === 'function') return (wanted as (value: unknown) => boolean)(actual)
  return actual === wanted
}

export const exchange = matching<ExchangeFact>('exchange')
export const report = matching<ReportFact>('report')
export const run = matching<RunFact>('run')
export const answer = matching<AnswerFact>('answer')

type Condition = (fact: Fact) => boolean

/** Each of them was seen after the one before. */
export const inTurn =
  (...conditions: readonly Condition[]) =>
  ({ seen }: Facts): boolean => {
    let next = 0
    for (const fact of seen) if (conditions[next]?.(fact)) next++
    return next === conditions.length
  }

/** Each of them was seen, in any order. */
export const all =
  (...conditions: readonly Condition[]) =>
  ({ seen }: Facts): boolean =>
    conditions.every((condition) => seen.some(condition))

export const count = ({ seen }: Facts, condition: Condition): number => seen.filter(condition).length

export const header = (headerList: HeaderList, name: string): string | null => get(headerList, name)
