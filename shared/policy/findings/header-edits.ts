import { byteCaseInsensitiveMatch, byteLowercase, contains, get, type HeaderList } from '#shared/fetch/header-list'
import { isToken } from '#shared/fetch/tokens'
import { corsLayer } from '#shared/policy/cors-headers'
import type { HeaderEdit, Policy } from '#shared/policy/policy'
import { withoutEdits } from './edits-of.ts'
import type { Finding, Rule } from './finding.ts'
import { originLetInBy, readOriginEntry } from './read-origin-entry.ts'
import { code } from '#shared/lab/prose'

const kinds = ['preflight', 'response'] as const

/** What is answered to an origin that is let in, where there is one. */
function linesOf(policy: Policy, on: HeaderEdit['on']): HeaderList {
  const [first = 'https://app.example.com'] = Array.isArray(policy.origins) ? policy.origins : []
  return corsLayer(policy)[on]([
    ['Origin', originLetInBy(first)],
    ['Access-Control-Request-Method', 'PUT'],
    ['Access-Control-Request-Headers', 'content-type'],
  ])
}

const where = (on: HeaderEdit['on'], name: string) => ({ field: 'headerEdits', entry: `${on}: ${name}` }) as const
const fields = { preflight: 'answer to a preflight', response: 'answer' }
const withoutThem = (on: HeaderEdit['on'], name: string): Finding['fix'] => ({
  label: 'Leave it to the form',
  apply: (policy) => withoutEdits(policy, on, name),
})

const allowOrigin = 'Access-Control-Allow-Origin'
const allowCredentials = 'Access-Control-Allow-Credentials'

/** Lines by hand that no browser takes as they are meant. */
export const brokenEdits: Rule = (policy) =>
  policy.headerEdits.length === 0 ? [] : kinds.flatMap((on) => [...allowOriginByHand(policy, on), ...credentialsByHand(policy, on)])

function allowOriginByHand(policy: Policy, on: HeaderEdit['on']): Finding[] {
  const byHand = policy.headerEdits.filter((edit) => edit.on === on && byteCaseInsensitiveMatch(edit.name, allowOrigin))
  if (byHand.length === 0) return []
  const base = { severity: 'broken', where: where(on, allowOrigin), fix: withoutThem(on, allowOrigin) } as const
  const lines = linesOf(policy, on).filter(([name]) => byteCaseInsensitiveMatch(name, allowOrigin))
  const twice: Finding = {
    ...base,
    code: 'allow-origin-twice',
    sentence: `The ${fields[on]} has ${lines.length} lines \`${allowOrigin}\`. Browsers join them, and the joined value is no origin.`,
  }
  const strange = byHand.find((edit) => edit.edit === 'extra' && !mayBeAnswered(edit.value))
  const noOrigin = (value: string): Finding => ({
    ...base,
    code: 'allow-origin-not-an-origin',
    sentence: `${code(value)} is neither one origin, as browsers write it, nor \`*\`: it lets nobody in.`,
  })
  return [...(lines.length > 1 ? [twice] : []), ...(strange?.edit === 'extra' ? [noOrigin(strange.value)] : [])]
}

function mayBeAnswered(value: string): boolean {
  if (value === '*') return true
  const read = readOriginEntry(value)
  return read.kind === 'fine' && !value.includes('*')
}

function credentialsByHand(policy: Policy, on: HeaderEdit['on']): Finding[] {
  const value = get(linesOf(policy, on), allowCredentials)
  return value === null || value === 'true'
    ? []
    : [
        {
          code: 'credentials-not-true',
          severity: 'broken',
          where: where(on, allowCredentials),
          sentence: `Only \`true\` counts, in lower case and alone; browsers read ${code(value)} as nothing.`,
          fix: withoutThem(on, allowCredentials),
        },
      ]
}

/** https://fetch.spec.whatwg.org/#http-responses */
const known = new Set(['origin', 'credentials', 'methods', 'headers'].map((name) => `access-control-allow-${name}`))
known.add('access-control-expose-headers').add('access-control-max-age')

export const unknownCORSHeader: Rule = ({ headerEdits }) =>
  unique(headerEdits.filter(({ edit, name }) => edit === 'extra' && isUnknown(name))).map(({ on, name }) => ({
    code: 'unknown-cors-header',
    severity: 'notice',
    where: where(on, name),
    sentence: `The Fetch standard has no header ${code(name)} for answers: browsers pass over it.`,
    fix: { label: 'Remove it', apply: (policy) => withoutEdits(policy, on, name, 'extra') },
  }))

const isUnknown = (name: string): boolean =>
  isToken(name) && byteLowercase(name).startsWith('access-control-') && !known.has(byteLowercase(name))

/** Left over from a line that the policy has no longer. */
export const editWithoutEffect: Rule = (policy) =>
  unique(
    policy.headerEdits.filter(({ edit, on, name }) => edit !== 'extra' && !contains(linesOf({ ...policy, headerEdits: [] }, on), name)),
  ).map(({ edit, on, name }) => ({
    code: 'header-edit-without-effect',
    severity: 'notice',
    where: where(on, name),
    sentence: `The policy says no ${code(name)} in the ${fields[on]} any more: there is nothing to ${edit === 'removed' ? 'remove' : 'double'}.`,
    fix: { label: 'Forget it', apply: (now) => withoutEdits(withoutEdits(now, on, name, 'removed'), on, name, 'doubled') },
  }))

const unique = (edits: readonly HeaderEdit[]): HeaderEdit[] =>
  edits.filter(({ on, name }, index) => edits.findIndex((other) => other.on === on && byteCaseInsensitiveMatch(other.name, name)) === index)
