import { byteUppercase } from '#shared/fetch/header-list'
import { isCORSSafelistedMethod, isForbiddenMethod, normalizeAMethod } from '#shared/fetch/methods'
import { isToken } from '#shared/fetch/tokens'
import { code, listed } from '#shared/lab/prose'
import { about, each, namesIn, removal, removeNames, replaceName, type ListedName } from './entries.ts'
import type { Rule } from './finding.ts'

export const methods: Rule = (policy) => {
  const names = namesIn(policy, 'methods').filter(({ name }) => isToken(name))
  const has = (method: string) => names.some(({ name }) => name === method)
  const isInLowerCase = ({ name }: ListedName) => name !== byteUppercase(name) && !has(byteUppercase(name)) && !isForbiddenMethod(name)
  const neverMatches = ({ name }: ListedName) => name !== normalizeAMethod(name)
  return [
    ...each(
      names.filter(({ name }) => isForbiddenMethod(name)),
      'methods',
      (name) => ({
        code: 'method-forbidden',
        severity: 'notice',
        sentence: `No script can send ${code(name)}: browsers refuse it.`,
      }),
    ),
    ...each(
      names.filter((name) => neverMatches(name) || isInLowerCase(name)),
      'methods',
      (name) => ({
        code: 'method-in-lower-case',
        severity: neverMatches({ name, entry: name }) ? 'broken' : 'risk',
        sentence: neverMatches({ name, entry: name })
          ? `Browsers send ${code(normalizeAMethod(name))}, and methods are compared letter by letter; this never matches.`
          : `${code(name)} allows only scripts that write it so; ${code(byteUppercase(name))} is another method, and not allowed.`,
        fix: replaceName('methods', name, byteUppercase(name)),
      }),
    ),
    ...about(
      names.filter(({ name }) => isCORSSafelistedMethod(name)),
      (safelisted) => ({
        code: 'method-safelisted',
        severity: 'notice',
        sentence: `${listed(safelisted)} ${safelisted.length === 1 ? 'needs no listing: it is' : 'need no listing: they are'} CORS-safelisted.`,
        fix: removeNames('methods', isCORSSafelistedMethod, removal(safelisted)),
      }),
      'methods',
    ),
    ...each(
      names.filter(({ name }) => name === 'OPTIONS'),
      'methods',
      () => ({
        code: 'options-listed',
        severity: 'notice',
        sentence: 'Preflights need no listing; this allows scripts to send `OPTIONS` themselves.',
      }),
    ),
  ]
}
