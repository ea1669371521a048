import type { NetworkAnswer } from '#shared/fetch/steps'
import type { PredictedExchange, Prediction } from './prediction.ts'

/** The place where a request came to its end without the script reading anything. */
export type StopPlace = 'before-sending' | 'preflight' | 'cors-check' | 'redirect' | 'no-answer' | 'elsewhere'

/** Where the request was stopped; null where it was not, or where nobody knows. */
export function stopPlace({ outcome, exchanges, ruling }: Prediction): StopPlace | null {
  if (outcome === 'exception' || outcome === 'refused') return 'before-sending'
  if (outcome !== 'network-error') return null
  const last = exchanges.at(-1)
  if (last === undefined) return 'before-sending'
  if (last.answer.type === 'network-error') return 'no-answer'
  if (last.kind === 'preflight') return 'preflight'
  if (ruling.step.startsWith('cors-check/')) return 'cors-check'
  // The cross-origin resource policy is looked at before a redirect is.
  return isRedirect(last.answer) && ruling.step !== 'http-fetch/5' ? 'redirect' : 'elsewhere'
}

/** https://fetch.spec.whatwg.org/#redirect-status */
export const isRedirect = (answer: NetworkAnswer): boolean =>
  answer.type === 'response' && [301, 302, 303, 307, 308].includes(answer.status)

/** One URL of a request's URL list: the exchanges with it, the preflight first. */
export interface Hop<Exchange = PredictedExchange> {
  readonly url: string
  readonly preflight: { readonly index: number; readonly exchange: Exchange } | null
  readonly request: { readonly index: number; readonly exchange: Exchange } | null
}

/** Cuts the exchanges where a redirect leads to another URL. */
export function hopsOf<Exchange extends Pick<PredictedExchange, 'kind' | 'url'> = PredictedExchange>(
  exchanges: readonly Exchange[],
): Hop<Exchange>[] {
  const hops: Hop<Exchange>[] = []
  exchanges.forEach((exchange, index) => {
    const open = hops.at(-1)
    if (exchange.kind === 'preflight') hops.push({ url: exchange.url, preflight: { index, exchange }, request: null })
    else if (open?.preflight && open.request === null) hops[hops.length - 1] = { ...open, request: { index, exchange } }
    else hops.push({ url: exchange.url, preflight: null, request: { index, exchange } })
  })
  return hops
}
