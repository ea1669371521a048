import { get } from '#shared/fetch/header-list'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { byteLowercase } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { isSameOrigin } from '#shared/fetch/origin'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import { isRedirectStatus } from '#shared/fetch/response'

/** The answer that came last, where there was one. */
export function lastAnswer(
  fetchParams: FetchParams,
): { kind: 'preflight' | 'request'; url: string; status: number; headerList: HeaderList } | null {
  const exchange = fetchParams.exchanges.at(-1)
  if (exchange?.answer.type !== 'response') return null
  return { kind: exchange.sent.kind, url: exchange.sent.url, status: exchange.answer.status, headerList: exchange.answer.headerList }
}

/** Whether there was no server to hear the request sent last. */
export function isUnheard({ exchanges }: FetchParams): boolean {
  const answer = exchanges.at(-1)?.answer
  return answer?.type === 'network-error' && answer.isUnheard === true
}

/** Whether the answer would lead somewhere else; an empty Location does not. */
export const isRedirect = ({ status, headerList }: { status: number; headerList: HeaderList }): boolean =>
  isRedirectStatus(status) && (get(headerList, 'Location') ?? '') !== ''

/**
 * The first of the unsafe names that the preflight's answer does not allow.
 * @param order lower case; unless given, the order in which the preflight asks for them
 */
export function firstNameNotAllowed({ facts }: RecordedRuling, wildcardCoversAuthorization: boolean, order?: readonly string[]): string {
  const names = list(facts?.['unsafeHeaderNames'])
  const allowed = new Set(list(facts?.['allowHeaders']).map(byteLowercase))
  const wildcard = facts?.['credentialsMode'] !== 'include' && allowed.has('*')
  const isAllowed = (name: string) => allowed.has(name) || (wildcard && (wildcardCoversAuthorization || name !== 'authorization'))
  return (order?.filter((name) => names.includes(name)) ?? names).find((name) => !isAllowed(name)) ?? text(facts?.['headerName'])
}

/** Whether a request in the mode "same-origin" has left its origin. Browsers look at that before ports and mixed content. */
export const hasLeftItsOrigin = (request: Request): boolean =>
  request.mode === 'same-origin' && !isSameOrigin(request.origin, currentURL(request))

export const allowOrigin = (headerList: HeaderList): string => get(headerList, 'Access-Control-Allow-Origin') ?? ''

export const text = (fact: unknown): string => (typeof fact === 'string' ? fact : '')
export const list = (fact: unknown): readonly string[] => (Array.isArray(fact) ? (fact as readonly string[]) : [])
