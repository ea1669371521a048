import { isToken } from '#shared/fetch/tokens'
import { code } from '#shared/lab/prose'
import { each, namesIn, once, sameHeaderName, type NameField } from './entries.ts'
import type { Finding, FindingCode, Rule } from './finding.ts'

const fields: readonly NameField[] = ['methods', 'requestHeaders', 'exposedHeaders']

/** One name that is none spoils the header that it is in. */
export const invalidNames: Rule = (policy) =>
  fields.flatMap((field) =>
    each(
      namesIn(policy, field).filter(({ name }) => !isToken(name)),
      field,
      (name) => ({
        code: field === 'methods' ? 'method-not-a-token' : 'header-name-not-a-token',
        severity: 'broken',
        sentence: {
          methods: `${code(name)} is no method, and with it in the list every preflight fails.`,
          requestHeaders: `${code(name)} is no header name, and with it in the list every preflight fails.`,
          exposedHeaders: `${code(name)} is no header name, and with it in the list no name counts.`,
        }[field],
      }),
    ),
  )

export const listedTwice: Rule = (policy) => [
  ...fields.flatMap((field) => {
    const same = field === 'methods' ? (a: string, b: string) => a === b : sameHeaderName
    const names = namesIn(policy, field).map(({ name }) => name)
    const again = names.filter((name, index) => names.findIndex((other) => same(other, name)) < index)
    return twice(
      field,
      again.filter((name, index) => again.findIndex((other) => same(other, name)) === index),
      (list, name) => {
        let seen = 0
        return list.filter((other) => !same(other, name) || ++seen === 1)
      },
    )
  }),
  ...(Array.isArray(policy.origins)
    ? twice('origins', policy.origins.filter((entry, index, all) => !once(entry, index, all)).filter(once), (list) => list.filter(once))
    : []),
]

function twice(
  field: NameField | 'origins',
  names: readonly string[],
  without: (list: readonly string[], name: string) => readonly string[],
): Finding[] {
  return names.map((name) => ({
    code: 'listed-twice' satisfies FindingCode,
    severity: 'notice',
    where: { field, entry: name },
    sentence: `${code(name)} is listed more than once.`,
    fix: {
      label: 'List it once',
      apply: (policy) => {
        if (field === 'origins') return Array.isArray(policy.origins) ? { ...policy, origins: [...without(policy.origins, name)] } : policy
        return {
          ...policy,
          [field]: without(
            namesIn(policy, field).map((each) => each.name),
            name,
          ),
        }
      },
    },
  }))
}
