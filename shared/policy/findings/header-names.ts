import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import { isForbiddenRequestHeader } from '#shared/fetch/forbidden-request-header'
import { byteLowercase } from '#shared/fetch/header-list'
import { isCORSSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from '#shared/fetch/response-header-names'
import { isToken } from '#shared/fetch/tokens'
import { code, listed } from '#shared/lab/prose'
import { about, each, namesIn, removal, removeNames } from './entries.ts'
import type { Rule } from './finding.ts'

export const requestHeaders: Rule = (policy) => {
  const names = namesIn(policy, 'requestHeaders').filter(({ name }) => isToken(name) && !isCORSHeader(name))
  return [
    ...each(
      names.filter(({ name }) => isForbiddenRequestHeader(name, '')),
      'requestHeaders',
      (name) => ({
        code: 'request-header-forbidden',
        severity: 'notice',
        sentence: `No script can set ${code(name)}: that is the browser’s own.`,
      }),
    ),
    ...about(
      names.filter(({ name }) => isSafelisted(name)),
      (safelisted) => ({
        code: 'request-header-safelisted',
        severity: 'notice',
        sentence: `${listed(safelisted)} ${safelisted.length === 1 ? 'needs' : 'need'} listing only for unusual values: CORS-safelisted otherwise.`,
        fix: removeNames('requestHeaders', isSafelisted, removal(safelisted)),
      }),
      'requestHeaders',
    ),
  ]
}

/** Whatever the value, so long as it is a plain word. That leaves out Content-Type and Range, which depend on it. */
const isSafelisted = (name: string): boolean => isCORSSafelistedRequestHeader(name, 'word')

export const exposedHeaders: Rule = (policy) => {
  const names = namesIn(policy, 'exposedHeaders').filter(({ name }) => isToken(name) && !isCORSHeader(name))
  return [
    ...each(
      names.filter(({ name }) => isForbiddenResponseHeaderName(name)),
      'exposedHeaders',
      (name) => ({
        code: 'set-cookie-exposed',
        severity: 'notice',
        sentence: `No script ever reads ${code(name)}, exposed or not.`,
      }),
    ),
    ...about(
      names.filter(({ name }) => isAlwaysRead(name)),
      (safelisted) => ({
        code: 'response-header-safelisted',
        severity: 'notice',
        sentence: `Scripts read ${listed(safelisted)} without this: ${safelisted.length === 1 ? 'it is' : 'they are'} CORS-safelisted.`,
        fix: removeNames('exposedHeaders', isAlwaysRead, removal(safelisted)),
      }),
      'exposedHeaders',
    ),
  ]
}

const isAlwaysRead = (name: string): boolean => isCORSSafelistedResponseHeaderName(name, new Set())

/** The protocol's own headers, those of requests and those of answers: they are between browser and server. */
export const corsHeaders: Rule = (policy) =>
  (['requestHeaders', 'exposedHeaders'] as const).flatMap((field) =>
    each(
      namesIn(policy, field).filter(({ name }) => isToken(name) && isCORSHeader(name)),
      field,
      (name) => ({
        code: 'cors-header-listed',
        severity: 'notice',
        sentence: `${code(name)} is between the browser and the server: no script needs it.`,
      }),
    ),
  )

const isCORSHeader = (name: string): boolean => byteLowercase(name) === 'origin' || byteLowercase(name).startsWith('access-control-')
