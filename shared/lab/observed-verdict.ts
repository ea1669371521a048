import type { Observation, ObservedEnding } from './observation.ts'
import type { Prediction } from './prediction.ts'
import type { Verdict } from './verdict.ts'

/** What a browser did, as a verdict. Why it did so, no browser tells: where it did as predicted, the prediction does. */
export function observedVerdict(observation: Observation): Omit<Verdict, 'sentence'> {
  const { outcome, status } = lastEnding(observation)
  switch (outcome) {
    case 'basic':
    case 'cors':
    case 'load':
      return { kind: 'allowed', word: 'Allowed', short: 'Allowed', cause: status === undefined ? 'loaded' : `status ${status}` }
    case 'opaque':
    case 'opaqueredirect':
      return { kind: 'opaque', word: 'Opaque', short: 'Opaque', cause: outcome === 'opaque' ? 'unreadable' : 'redirect' }
    case 'sent':
      return { kind: 'opaque', word: 'Sent', short: 'Sent', cause: 'unreadable' }
    case 'exception':
    case 'refused':
      return { kind: 'not-sent', word: 'Not sent', short: 'Not sent', cause: outcome === 'refused' ? 'refused' : 'the call threw' }
    case 'network-error':
      return stopped(observation)
    default:
      return { kind: 'not-modelled', word: 'Not told', short: 'Not told', cause: '' }
  }
}

function stopped({ exchanges }: Observation): Omit<Verdict, 'sentence'> {
  const cause = 'network error'
  if (exchanges.length === 0) return { kind: 'not-sent', word: 'Not sent', short: 'Not sent', cause }
  return exchanges.at(-1)?.kind === 'preflight'
    ? { kind: 'blocked-preflight', word: 'Blocked at the preflight', short: 'Blocked', cause }
    : { kind: 'network-error', word: 'Network error', short: 'Stopped', cause }
}

/** Of several requests, the last one's. */
export const lastEnding = (observation: Observation): Partial<ObservedEnding> => observation.outcomes?.at(-1) ?? observation

/** A prediction that ends as was observed: for whoever tells what the script reads. */
export function withObservedEnding(prediction: Prediction, observation: Observation): Prediction {
  const { id, profile, exchanges, ruling, trace } = prediction
  const { outcome = prediction.outcome, status, headers, readable } = lastEnding(observation)
  return {
    ...{ id, profile, exchanges, ruling, trace, outcome },
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers }),
    ...(readable === undefined ? {} : { readable }),
  }
}
