import { byteCaseInsensitiveMatch, byteLowercase } from '#shared/fetch/header-list'
import { faults as faultTable } from '#shared/policy/faults'
import type { Policy } from '#shared/policy/policy'
import { code, listed } from '../prose.ts'
import type { PredictedExchange, Prediction } from '../prediction.ts'
import type { Danger, Edit } from './edit.ts'
import { answererOf, withAnswerer, type Answerer, type Predictions, type World } from './world.ts'

/** What of the mock server's policy could be otherwise, as far as the exchange at which a prediction ended looks at it. */
export function policyEdits(world: World, prediction: Prediction, predictions: Predictions): Edit[] {
  const last = prediction.exchanges.at(-1)
  const answerer = last === undefined ? null : answererOf(world, last)
  if (last === undefined || answerer === null) return []
  const { policy } = answerer
  const isCredentialed = world.scenario.request.credentials === 'include'
  const context: Context = { world, last, answerer, policy, isCredentialed }
  return [
    ...faultEdits(context),
    ...handMadeLineEdits(context),
    ...originEdits(context),
    ...credentialsEdits(context),
    ...(last.kind === 'preflight' ? [...statusEdits(context), ...methodEdits(context), ...headerEdits(context, predictions)] : []),
  ]
}

interface Context {
  readonly world: World
  readonly last: PredictedExchange
  readonly answerer: Answerer
  readonly policy: Policy
  readonly isCredentialed: boolean
}

function edit({ world, answerer, policy }: Context, part: string, changes: Partial<Policy>, words: Omit<Edit, 'part' | 'world'>): Edit {
  return { part, ...words, world: withAnswerer(world, answerer, { policy: { ...policy, ...changes } }) }
}

function faultEdits({ world, answerer }: Context): Edit[] {
  return answerer.faults.map((name) => ({
    part: `fault ${name}`,
    label: `Turn off the fault “${faultTable.find((fault) => fault.name === name)?.title ?? name}”`,
    danger: 'none',
    cost: 'Nobody new may read. A real server needs the repair that the fault stands for.',
    world: withAnswerer(world, answerer, { faults: answerer.faults.filter((each) => each !== name) }),
  }))
}

function handMadeLineEdits(context: Context): Edit[] {
  const on = context.last.kind === 'preflight' ? 'preflight' : 'response'
  const edits = context.policy.headerEdits
  if (!edits.some((each) => each.on === on)) return []
  const words = {
    label: `Take back the hand-made header lines of the ${on}`,
    danger: 'none',
    cost: 'The policy alone decides again.',
  } as const
  return [edit(context, 'lines', { headerEdits: edits.filter((each) => each.on !== on) }, words)]
}

function originEdits(context: Context): Edit[] {
  const { policy, last, isCredentialed } = context
  const origin = last.origin
  if (origin === null) return []
  const asVisitor = policy.credentials || isCredentialed
  const list = Array.isArray(policy.origins) ? policy.origins : []
  const edits: Edit[] = []
  // With more than one reader a cache has to know that the answer goes by the origin.
  const vary = { ...policy.vary, origin: true }
  if (!list.includes(origin))
    edits.push(
      edit(
        context,
        'origins',
        { origins: [...list, origin], vary },
        origin === 'null'
          ? {
              label: 'Allow the origin `null`',
              danger: anySite(asVisitor),
              cost: `Any site can have the origin \`null\`, by a sandboxed frame: any site could read this${withCookies(asVisitor)}.`,
            }
          : {
              label: `Allow the origin ${code(origin)}`,
              danger: 'origin',
              cost: `Pages on ${code(origin)} could read what this server answers${withCookies(asVisitor)}.`,
            },
      ),
    )
  if (policy.origins !== 'any')
    edits.push(
      edit(
        context,
        'origins',
        { origins: 'any' },
        { label: 'Allow any origin (`*`)', danger: 'any-site', cost: 'Any site could read this, without the visitor’s cookies.' },
      ),
    )
  if (policy.origins !== 'asked')
    edits.push(
      edit(
        context,
        'origins',
        { origins: 'asked', vary },
        {
          label: 'Allow whoever asks',
          danger: anySite(asVisitor),
          cost: `Any site could read this${withCookies(asVisitor)}.`,
        },
      ),
    )
  return edits
}

const anySite = (asVisitor: boolean): Danger => (asVisitor ? 'any-site-with-credentials' : 'any-site')
const withCookies = (asVisitor: boolean): string => (asVisitor ? ' with the visitor’s cookies' : '')

function credentialsEdits(context: Context): Edit[] {
  const { policy, isCredentialed } = context
  if (policy.credentials || !isCredentialed) return []
  const words = { label: 'Allow credentials', cost: 'Whoever is let in would read with the visitor’s cookies.' }
  return [
    edit(
      context,
      'credentials',
      { credentials: true },
      { ...words, danger: policy.origins === 'asked' ? 'any-site-with-credentials' : 'more' },
    ),
  ]
}

function statusEdits(context: Context): Edit[] {
  const { preflightStatus } = context.policy
  if (preflightStatus >= 200 && preflightStatus <= 299) return []
  const words = { label: 'Answer preflights with 204', danger: 'none', cost: 'Nobody new may read.' } as const
  return [edit(context, 'status', { preflightStatus: 204 }, words)]
}

function methodEdits(context: Context): Edit[] {
  const { policy, last } = context
  const method = last.requestMethod
  if (method === undefined || policy.methods === 'asked' || policy.methods.includes(method)) return []
  const words = {
    label: `Allow the method ${code(method)}`,
    danger: 'more',
    cost: `No one new may read. Pages that are let in may send ${method}.`,
  } as const
  return [edit(context, 'methods', { methods: [...policy.methods, method] }, words)]
}

/** The names that this engine asks for; and, where they differ, those that any engine asks for. */
function headerEdits(context: Context, predictions: Predictions): Edit[] {
  const { policy, last } = context
  const { requestHeaders } = policy
  if (requestHeaders === 'asked') return []
  const missingOf = (names: readonly string[]) =>
    [...new Set(names.map(byteLowercase))].filter((name) => !requestHeaders.some((each) => byteCaseInsensitiveMatch(each, name)))
  const own = missingOf(last.requestHeaders ?? [])
  const all = missingOf(
    Object.values(predictions).flatMap(({ exchanges }) =>
      exchanges.filter(({ url }) => url === last.url).flatMap((each) => each.requestHeaders ?? []),
    ),
  )
  const allow = (names: string[]) =>
    edit(
      context,
      'headers',
      { requestHeaders: [...requestHeaders, ...names] },
      {
        label: names.length === 1 ? `Allow the request header ${listed(names)}` : `Allow the request headers ${listed(names)}`,
        danger: 'more',
        cost: `No one new may read. Pages that are let in may send ${names.length === 1 ? 'one more header' : `${names.length} more headers`}.`,
      },
    )
  return [...(own.length > 0 ? [allow(own)] : []), ...(all.length > own.length ? [allow(all)] : [])]
}
