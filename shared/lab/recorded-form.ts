import type { ObservedExchange } from './observation.ts'
import type { PredictedExchange, Prediction } from './prediction.ts'

/**
 * A prediction's exchanges in the form of recorded ones: those that arrived. Of several requests, the same exchange twice in a row counts once,
 * as in recordings: from outside nobody can tell what the page asked again from what the browser sent again.
 */
export function recordedExchanges({ exchanges, outcomes }: Prediction): readonly ObservedExchange[] {
  const all = exchanges.filter(arrived).map(observedPart)
  return outcomes === undefined ? all : withoutRepeats(all)
}

/** Of the same exchange several times in a row, the first. */
export const withoutRepeats = (exchanges: readonly ObservedExchange[]): ObservedExchange[] =>
  exchanges.filter((exchange, at) => at === 0 || JSON.stringify(exchange) !== JSON.stringify(exchanges[at - 1]))

const arrived = ({ answer }: PredictedExchange): boolean => answer.type !== 'network-error' || answer.isUnheard !== true

const observedPart = ({ kind, method, url, origin, requestMethod, requestHeaders, cookies }: PredictedExchange): ObservedExchange => ({
  kind,
  method,
  url,
  origin,
  ...(requestMethod === undefined ? {} : { requestMethod }),
  ...(requestHeaders === undefined ? {} : { requestHeaders }),
  ...(cookies === undefined ? {} : { cookies }),
})
