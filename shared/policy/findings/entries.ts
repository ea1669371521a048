import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import { splitList } from '#shared/fetch/extract-header-list-values'
import type { Policy } from '#shared/policy/policy'
import type { Finding, Fix } from './finding.ts'

/** The fields that are lists of names. */
export type NameField = 'methods' | 'requestHeaders' | 'exposedHeaders'

/** A name in a list, and the entry it stands in: one entry may hold several, with commas between them, as the header does. */
export interface ListedName {
  readonly name: string
  readonly entry: string
}

export function namesIn(policy: Policy, field: NameField): ListedName[] {
  const list = policy[field]
  return list === 'asked' ? [] : list.flatMap((entry) => splitList(entry).map((name) => ({ name, entry })))
}

/** The list without some of its names, or with others in their places. Entries that are not concerned stay as they are. */
function changeNames(policy: Policy, field: NameField, change: (name: string) => string | null): Policy {
  const list = policy[field]
  if (list === 'asked') return policy
  const changed = list.flatMap((entry) => {
    const names = splitList(entry)
    const next = names.map(change)
    return next.every((name, index) => name === names[index]) ? [entry] : next.filter((name) => name !== null)
  })
  return { ...policy, [field]: changed }
}

export const removeNames = (field: NameField, isMeant: (name: string) => boolean, label = 'Remove it'): Fix => ({
  label,
  apply: (policy) => changeNames(policy, field, (name) => (isMeant(name) ? null : name)),
})

export const replaceName = (field: NameField, from: string, to: string): Fix => ({
  label: `Write ${to}`,
  apply: (policy) => {
    // Where the right one is listed already, the wrong one goes.
    const isThere = namesIn(policy, field).some(({ name }) => name === to)
    return changeNames(policy, field, (name) => (name !== from ? name : isThere ? null : to))
  },
})

export const addName = (field: NameField, name: string): Fix => ({
  label: `List ${name}`,
  apply: (policy) => {
    const list = policy[field]
    return list === 'asked' ? policy : { ...policy, [field]: [...list, name] }
  },
})

/** The list of origins with one in the place of another, or without it. */
export const replaceOrigin = (from: string, to: string | null, label = to === null ? 'Remove it' : `Write ${to}`): Fix => ({
  label,
  apply: (policy) => {
    if (!Array.isArray(policy.origins)) return policy
    const isThere = to === null || policy.origins.includes(to)
    return { ...policy, origins: policy.origins.flatMap((entry) => (entry !== from ? [entry] : isThere ? [] : [to])).filter(once) }
  },
})

export const once = (entry: string, index: number, list: readonly string[]): boolean => list.indexOf(entry) === index

export const sameHeaderName = byteCaseInsensitiveMatch

/** One finding for several names of a list, where it says the same of each. */
export function about(
  names: readonly ListedName[],
  finding: (names: readonly string[]) => Omit<Finding, 'where'>,
  field: NameField,
): Finding[] {
  const [first] = names
  if (first === undefined) return []
  return [{ ...finding(names.map(({ name }) => name).filter(once)), where: names.length === 1 ? { field, entry: first.entry } : { field } }]
}

/** A finding of its own for each name that has it. */
export const each = (
  names: readonly ListedName[],
  field: NameField,
  finding: (name: string) => Omit<Finding, 'where' | 'fix'> & { readonly fix?: Finding['fix'] },
): Finding[] =>
  names
    .filter(({ name }, index) => names.findIndex((other) => other.name === name) === index)
    .map(({ name, entry }) => ({ fix: removeNames(field, (other) => other === name), ...finding(name), where: { field, entry } }))

/** Of one name or of several. */
export const removal = (names: readonly string[]): string => (names.length === 1 ? 'Remove it' : 'Remove them')
