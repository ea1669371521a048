import { byteLowercase, get, type HeaderList } from '#shared/fetch/header-list'
import { splitList } from '#shared/fetch/extract-header-list-values'
import { corsLayer } from '#shared/policy/cors-headers'
import { readOriginPattern } from '#shared/policy/origin-pattern'
import type { Policy } from '#shared/policy/policy'
import { withoutEdits } from './edits-of.ts'
import type { Rule } from './finding.ts'

const asking: HeaderList = [
  ['Origin', 'https://app.example.com'],
  ['Access-Control-Request-Method', 'PUT'],
  ['Access-Control-Request-Headers', 'content-type'],
]

/** Whether `Vary` names it on the wire, by hand or by the policy's own line. */
function varies(policy: Policy, kind: 'preflight' | 'response', name: string): boolean {
  const named = splitList(byteLowercase(get(corsLayer(policy)[kind](asking), 'Vary') ?? ''))
  return named.includes('*') || named.includes(byteLowercase(name))
}

/** Whether other origins get other header lines. */
function dependsOnOrigin({ origins, refusedOrigin }: Policy): boolean {
  if (!Array.isArray(origins)) return origins === 'asked'
  const [first] = origins
  if (first === undefined) return false
  return !(refusedOrigin === 'first-origin' && origins.length === 1 && readOriginPattern(first) === null)
}

export const missingVary: Rule = (policy) =>
  dependsOnOrigin(policy) && !varies(policy, 'response', 'Origin')
    ? [
        {
          code: 'missing-vary',
          severity: 'risk',
          where: { field: 'vary' },
          sentence: 'The answer is made for one origin, and does not say so: a cache may give it to another, which then cannot read it.',
          fix: {
            label: 'Say Vary: Origin',
            apply: (now) => ({ ...withoutEdits(now, 'response', 'Vary', 'removed'), vary: { ...now.vary, origin: true } }),
          },
        },
      ]
    : []

export const needlessVary: Rule = (policy) =>
  policy.vary.origin && !dependsOnOrigin(policy)
    ? [
        {
          code: 'needless-vary',
          severity: 'notice',
          where: { field: 'vary' },
          sentence: 'Every origin gets the same headers: `Vary: Origin` makes caches keep a copy for each.',
          fix: { label: 'Leave it out', apply: (now) => ({ ...now, vary: { ...now.vary, origin: false } }) },
        },
      ]
    : []

export const missingVaryOnPreflights: Rule = (policy) => {
  const repeated = [
    ...(policy.methods === 'asked' ? ['Access-Control-Request-Method'] : []),
    ...(policy.requestHeaders === 'asked' ? ['Access-Control-Request-Headers'] : []),
  ]
  return repeated.every((name) => varies(policy, 'preflight', name))
    ? []
    : [
        {
          code: 'missing-vary-on-preflights',
          severity: 'notice',
          where: { field: 'vary' },
          sentence:
            'Preflights are answered in their own words. A cache that keeps answers to `OPTIONS`, as some are made to, may give one to another.',
          fix: {
            label: 'Say so in Vary',
            apply: (now) => ({ ...withoutEdits(now, 'preflight', 'Vary', 'removed'), vary: { ...now.vary, preflight: true } }),
          },
        },
      ]
}
