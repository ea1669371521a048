import type { Exchange } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import type { PredictedExchange } from './prediction.ts'

/** An exchange with what the recorded observations say of one. */
export function predictedExchange({ sent, answer }: Exchange): PredictedExchange {
  const { kind, method, url, headerList, body } = sent
  const base = { kind, method, url, origin: get(headerList, 'Origin'), headerList, body, answer }
  if (kind === 'request') {
    const cookies = cookieNames(headerList)
    return cookies.length === 0 ? base : { ...base, cookies }
  }
  const names = get(headerList, 'Access-Control-Request-Headers')
  return {
    ...base,
    requestMethod: get(headerList, 'Access-Control-Request-Method') ?? '',
    requestHeaders: names === null ? [] : names.split(','),
  }
}

/** The names in the `Cookie` header, sorted. */
export const cookieNames = (headerList: HeaderList): string[] =>
  get(headerList, 'Cookie')
    ?.split('; ')
    .map((pair) => pair.split('=', 1).join(''))
    .sort() ?? []
