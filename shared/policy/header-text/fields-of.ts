import { byteCaseInsensitiveMatch, byteLowercase, type HeaderList } from '#shared/fetch/header-list'
import { splitList } from '#shared/fetch/extract-header-list-values'
import { readOriginEntry } from '#shared/policy/findings/read-origin-entry'
import type { Policy } from '#shared/policy/policy'
import { answersTo, type AnswersTo } from './answers-to.ts'

type Lines = Pick<AnswersTo, 'preflight' | 'response'>

/**
 * The policy with what the form can say of the lines that changed. What both kinds of answers say, the form says once: it follows where both
 * agree, and otherwise stays.
 */
export function withFieldsOf(wanted: Lines, before: Lines, policy: Policy, origin: string): { policy: Policy; origin: string } {
  const letIn = withOrigins(wanted, before, policy, origin)
  const next = { ...letIn.policy, vary: varyOf(wanted, policy) }
  // An origin that is not let in is answered with none of the other lines.
  if (valuesOf(answersTo({ ...next, headerEdits: [] }, letIn.origin).response, allowOrigin).length === 0)
    return { policy: next, origin: letIn.origin }
  const wasLetIn = valuesOf(answersTo({ ...policy, headerEdits: [] }, origin).response, allowOrigin).length > 0
  const changed = (on: keyof Lines, name: string) =>
    !wasLetIn || JSON.stringify(valuesOf(wanted[on], name)) !== JSON.stringify(valuesOf(before[on], name))
  const list = <T>(on: keyof Lines, name: string, now: T) => (changed(on, name) ? (namesOf(wanted[on], name) ?? now) : now)
  return {
    policy: {
      ...next,
      credentials:
        changed('preflight', allowCredentials) || changed('response', allowCredentials)
          ? credentialsOf(wanted, policy)
          : policy.credentials,
      methods: list('preflight', 'Access-Control-Allow-Methods', policy.methods),
      requestHeaders: list('preflight', 'Access-Control-Allow-Headers', policy.requestHeaders),
      exposedHeaders: list('response', 'Access-Control-Expose-Headers', policy.exposedHeaders),
      maxAge: changed('preflight', 'Access-Control-Max-Age') ? maxAgeOf(wanted.preflight, policy.maxAge) : policy.maxAge,
    },
    origin: letIn.origin,
  }
}

const allowOrigin = 'Access-Control-Allow-Origin'
const allowCredentials = 'Access-Control-Allow-Credentials'

const valuesOf = (lines: HeaderList, name: string): string[] =>
  lines.flatMap(([each, value]) => (byteCaseInsensitiveMatch(each, name) ? [value] : []))

/** The one value of a header, null where it is not there; undefined where it is there more than once. */
function sole(lines: HeaderList, name: string): string | null | undefined {
  const values = valuesOf(lines, name)
  return values.length > 1 ? undefined : (values[0] ?? null)
}

/** What both kinds of answers say of a header; undefined where they do not say the same. */
function agreed({ preflight, response }: Lines, name: string): string | null | undefined {
  const value = sole(preflight, name)
  return value === sole(response, name) ? value : undefined
}

function withOrigins(wanted: Lines, before: Lines, policy: Policy, origin: string): { policy: Policy; origin: string } {
  const value = agreed(wanted, allowOrigin)
  const was = sole(before.response, allowOrigin)
  if (value === undefined || (value === was && value === sole(before.preflight, allowOrigin))) return { policy, origin }
  if (value === null) return { policy: hasCORSLine(wanted) ? policy : { ...policy, origins: 'none' }, origin }
  if (value === '*') return { policy: { ...policy, origins: 'any' }, origin }
  if (value.includes('*') || readOriginEntry(value).kind === 'broken') return { policy, origin }
  const list = Array.isArray(policy.origins) ? policy.origins : []
  const at = list.findIndex((entry) => entry === was)
  const origins = at < 0 ? [...list, value] : list.with(at, value)
  return { policy: { ...policy, origins: origins.filter((entry, index) => origins.indexOf(entry) === index) }, origin: value }
}

const hasCORSLine = ({ preflight, response }: Lines): boolean =>
  [...preflight, ...response].some(([name]) => byteLowercase(name).startsWith('access-control-'))

function credentialsOf(wanted: Lines, { credentials }: Policy): boolean {
  const value = agreed(wanted, allowCredentials)
  return value === 'true' ? true : value === null ? false : credentials
}

/** The names in a header; undefined where it is there more than once. */
function namesOf(lines: HeaderList, name: string): string[] | undefined {
  const value = sole(lines, name)
  return value === undefined ? undefined : splitList(value ?? '')
}

function maxAgeOf(lines: HeaderList, now: number | null): number | null {
  const value = sole(lines, 'Access-Control-Max-Age')
  if (value === null) return null
  return value !== undefined && Number.isSafeInteger(Number(value)) && String(Number(value)) === value ? Number(value) : now
}

const requested = ['access-control-request-method', 'access-control-request-headers']

function varyOf({ preflight, response }: Lines, { vary }: Policy): Policy['vary'] {
  const inResponse = splitList(byteLowercase(sole(response, 'Vary') ?? ''))
  const inPreflight = splitList(byteLowercase(sole(preflight, 'Vary') ?? ''))
  const isSaid = inResponse.includes('origin')
  return {
    origin: isSaid === inPreflight.includes('origin') ? isSaid : vary.origin,
    preflight:
      requested.every((name) => inPreflight.includes(name)) || (requested.some((name) => inPreflight.includes(name)) && vary.preflight),
  }
}
