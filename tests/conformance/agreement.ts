import { compare } from '#shared/lab/compare'
import type { Disagreement } from '#shared/lab/compare'
import { predict } from '#shared/lab/predict'
import { observations, scenarios } from './vectors.ts'
import type { Browser, Recorded, VectorSet } from './vectors.ts'

/** A recorded scenario, and the first thing in which its prediction differs from what the browser did; null where they are the same. */
export interface Compared {
  readonly scenario: Recorded
  readonly difference: Pick<Disagreement, 'field' | 'predicted' | 'observed'> | { readonly field: 'not modelled' | 'unanswered' } | null
}

/** Every recorded scenario of the set, held against what the browser did. */
export function comparedWith(browser: Browser, set: VectorSet): Compared[] {
  const observed = new Map(observations(browser, set).map((observation) => [observation.id, observation]))
  return scenarios(set).map((scenario) => {
    const observation = observed.get(scenario.id)
    if (observation === undefined) throw new Error(`${scenario.id} was not observed.`)
    const agreement = compare(predict(scenario, browser), observation)
    if (agreement.agrees === 'yes') return { scenario, difference: null }
    return { scenario, difference: agreement.agrees === 'no' ? agreement.difference : { field: agreement.outcome } }
  })
}
