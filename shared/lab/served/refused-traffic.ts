import type { ServerExchange } from '#shared/contract/wire'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { Finding, TrafficFindingCode } from '#shared/policy/findings/finding'
import type { MockServer } from '#shared/policy/mock-server'
import type { Policy } from '#shared/policy/policy'
import { dangers, type Edit } from '../fixes/edit.ts'
import { findFixes, type Fix } from '../fixes/find-fixes.ts'
import { code, listed, plain } from '../prose.ts'
import { scenarioOfServed } from './scenario-of-served.ts'
import { scriptVerdict } from './script-verdict.ts'
import type { ServedExchange } from './served-exchange.ts'

/** An exchange in a server's log, read. */
export interface HeardExchange {
  readonly exchange: Pick<ServerExchange, 'kind' | 'route'>
  readonly served: ServedExchange
}

export interface RefusedTraffic {
  /** The route whose own policy refuses; null for the server's. */
  readonly routeId: string | null
  readonly finding: Finding
}

/** Kinds of requests that are looked into, the most frequent first: each costs as much as a search for fixes. */
const most = 10

/**
 * Who was turned away, where the policy would do it again, and where letting them in opens no door to everybody. The change that is offered is
 * the smallest that makes the answer readable, as the engine has tried. It goes by the standard: which browser asked, nobody knows, and that it
 * was let out to this server shows.
 * @param isAll whether `heard` is all of today; where it is not, there may have been more of each.
 */
export function refusedTraffic(server: MockServer, heard: readonly HeardExchange[], isAll: boolean): RefusedTraffic[] {
  const groups = alike(heard).filter(wasRefused)
  const refused = groups.slice(0, most).flatMap((group) => refusalOf(server, group))
  const isCounted = isAll && groups.length <= most
  const together = new Map<string, Refusal[]>()
  for (const refusal of refused) {
    const { routeId, field, origin } = refusal
    const key = JSON.stringify([routeId, field, origin])
    together.set(key, [...(together.get(key) ?? []), refusal])
  }
  return [...together.values()].flatMap((refusals) => findingOf(refusals, isCounted))
}

interface Alike extends HeardExchange {
  readonly count: number
}

/** Exchanges that a policy cannot tell apart and has answered alike, as one, which is the last of them; the most frequent first. */
function alike(heard: readonly HeardExchange[]): Alike[] {
  const groups = new Map<string, Alike>()
  for (const each of heard) {
    const { exchange, served } = each
    const { page, method, headerList, mode, site, isCredentialed } = served
    if (page === null) continue
    const asked = ['Access-Control-Request-Method', 'Access-Control-Request-Headers'].map((name) => get(headerList, name))
    const { status, headerList: said = [] } = served.answer ?? {}
    const answered = [status, ...said.filter(([name]) => byteLowercase(name).startsWith('access-control-'))]
    const key = JSON.stringify([exchange.kind, exchange.route, page, method, asked, mode, site, isCredentialed, answered])
    groups.set(key, { ...each, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

interface Refusal {
  readonly routeId: string | null
  /** What of the policy is the first in the way. */
  readonly field: keyof typeof codes
  readonly origin: string
  readonly count: number
  /** `PUT /orders` */
  readonly name: string
  readonly labels: readonly string[]
  readonly before: Policy
  readonly after: Policy
}

function wasRefused({ exchange, served }: Alike): boolean {
  const verdict = scriptVerdict(served, exchange.kind, 'standard')?.kind
  return verdict === 'blocked-preflight' || verdict === 'blocked-cors-check'
}

/** Nothing where it would not be refused now. */
function refusalOf(server: MockServer, { exchange, served, count }: Alike): Refusal[] {
  const origin = get(served.headerList, 'Origin')
  if (origin === null) return []
  const { scenario, name } = scenarioOfServed(served, exchange.kind, { origin })
  // It came to this server, whatever port and name that had then.
  const hosts = [...server.hosts, new URL(scenario.request.url).origin]
  const [fix] = findFixes({ scenario, servers: [{ server: { ...server, hosts }, port: server.port }] }, 'standard', isHarmless)
  const change = fix === undefined ? null : changeOf(server, fix)
  return change === null ? [] : [{ ...change, origin, count, name, labels: fix?.labels ?? [] }]
}

/** Whether the policy alone is changed, and nobody is let in but who has asked. */
const isHarmless = ({ part, danger }: Edit): boolean =>
  ['origins', 'credentials', 'methods', 'headers'].includes(part) && dangers.indexOf(danger) <= dangers.indexOf('origin')

/** null where it is no policy that is in the way, or where the change would shut others out. */
function changeOf(server: MockServer, { world }: Fix): Pick<Refusal, 'routeId' | 'field' | 'before' | 'after'> | null {
  const changed = world.servers[0]?.server ?? server
  const policies = [
    { routeId: null, before: server.policy, after: changed.policy },
    ...server.routes.map(({ id, policy }, index) => ({ routeId: id, before: policy, after: changed.routes[index]?.policy ?? null })),
  ]
  for (const { routeId, before, after } of policies) {
    if (before === null || after === null) continue
    const field = fields.find((each) => isOther(before[each], after[each]))
    if (field !== undefined) return field === 'origins' && before.origins === 'any' ? null : { routeId, field, before, after }
  }
  return null
}

const codes = {
  origins: 'origin-refused',
  credentials: 'credentials-refused',
  methods: 'method-refused',
  requestHeaders: 'request-header-refused',
} as const satisfies Partial<Record<keyof Policy, TrafficFindingCode>>
const fields = Object.keys(codes) as (keyof typeof codes)[]

const isOther = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)

function findingOf(refusals: readonly Refusal[], isAll: boolean): RefusedTraffic[] {
  const [first] = refusals
  if (first === undefined) return []
  const { routeId, field, origin, name } = first
  const count = refusals.reduce((sum, each) => sum + each.count, 0)
  const times = `${isAll ? '' : 'at least '}${count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`} today, the last time for ${code(name)}.`
  const label = [...new Set(refusals.flatMap(({ labels }) => labels))].map(plain).join('; ')
  const finding: Finding = {
    code: codes[field],
    severity: 'notice',
    where: { field, entry: origin },
    sentence: `${subject(field, origin, refusals)} ${times}`,
    fix: { label, apply: (policy) => refusals.reduce(withChange, policy) },
  }
  return [{ routeId, finding }]
}

function subject(field: keyof typeof codes, origin: string, refusals: readonly Refusal[]): string {
  if (field === 'origins') return `${code(origin)} was refused`
  if (field === 'credentials') return `${code(origin)} asked with credentials and was refused`
  const names = [...new Set(refusals.flatMap(({ before, after }) => added(before[field], after[field])))]
  return `${listed(names)} ${names.length === 1 ? 'was' : 'were'} refused to ${code(origin)}`
}

const added = (before: unknown, after: unknown): string[] => {
  if (!Array.isArray(after)) return []
  const known = Array.isArray(before) ? (before as string[]) : []
  return (after as string[]).filter((entry) => !known.includes(entry))
}

/** The change in a policy that may have changed meanwhile: what was added to a list is added to that list. */
function withChange(policy: Policy, { before, after }: Refusal): Policy {
  const changed = (Object.keys(after) as (keyof Policy)[]).filter((key) => isOther(before[key], after[key]))
  return Object.fromEntries(
    Object.entries(policy).map(([key, value]: [string, unknown]) => {
      const field = key as keyof Policy
      if (!changed.includes(field)) return [key, value]
      if (!Array.isArray(value)) return [key, after[field]]
      const same = (a: string, b: string) => (field === 'requestHeaders' ? byteLowercase(a) === byteLowercase(b) : a === b)
      const list = value as string[]
      return [key, [...list, ...added(before[field], after[field]).filter((entry) => !list.some((each) => same(each, entry)))]]
    }),
  ) as Policy
}
