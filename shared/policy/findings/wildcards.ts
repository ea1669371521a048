import { profiles } from '#shared/beyond-fetch/profiles/index'
import { isCORSNonWildcardRequestHeaderName } from '#shared/fetch/cors-non-wildcard-request-header-name'
import type { Policy } from '#shared/policy/policy'
import { addName, namesIn, removeNames, type NameField } from './entries.ts'
import type { Fix, Rule } from './finding.ts'
import { inWords } from '#shared/lab/prose'

const hasWildcard = (policy: Policy, field: NameField): boolean => namesIn(policy, field).some(({ name }) => name === '*')

/** To a request with credentials, `*` in a list is a name like any other. */
export const literalWildcard: Rule = (policy) => {
  if (!policy.credentials) return []
  return (['methods', 'requestHeaders', 'exposedHeaders'] as const)
    .filter((field) => hasWildcard(policy, field))
    .map((field) => ({
      code: 'literal-wildcard-with-credentials',
      severity: 'broken',
      where: { field, entry: namesIn(policy, field).find(({ name }) => name === '*')?.entry ?? '*' },
      sentence: `To a request with credentials, \`*\` is ${field === 'methods' ? 'a method' : 'a header name'} like any other, and stands for none.`,
      fix: field === 'exposedHeaders' ? removeNames(field, (name) => name === '*') : whatIsAsked(field),
    }))
}

const whatIsAsked = (field: 'methods' | 'requestHeaders'): Fix => ({
  label: 'Allow what is asked for',
  apply: (policy) => ({ ...policy, [field]: 'asked' }),
})

/** The header that the standard wants named beside `*`. */
export const authorizationUnderWildcard: Rule = (policy) => {
  if (policy.credentials || !hasWildcard(policy, 'requestHeaders')) return []
  if (namesIn(policy, 'requestHeaders').some(({ name }) => isCORSNonWildcardRequestHeaderName(name))) return []
  const covering = Object.values(profiles).filter(({ ways }) => ways.wildcardCoversAuthorization)
  const browsers = covering.map(({ label, version }) => `${label} ${version}`)
  return [
    {
      code: 'authorization-under-wildcard',
      severity: 'notice',
      where: { field: 'requestHeaders' },
      sentence: `The standard wants \`authorization\` named beside \`*\`${browsers.length === 0 ? '' : `; ${inWords(browsers)} let \`*\` stand for it, too`}.`,
      fix: addName('requestHeaders', 'authorization'),
    },
  ]
}
