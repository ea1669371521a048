import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { predict } from '#shared/lab/predict'
import type { Observation, ObservedExchange } from '#shared/lab/observation'
import type { PredictedExchange, Prediction } from '#shared/lab/prediction'
import { Scenario } from '#shared/scenario/scenario'
import { knownDeviations } from './known-deviations.ts'
import { browsers, observations, scenarios } from './vectors.ts'
import type { VectorSet } from './vectors.ts'

const sets: [VectorSet, number][] = [
  ['given', 1500],
  ['own', 1500],
  ['loopback', 1571],
  ['rare', 447],
]

describe.each(sets)('the %s scenarios', (set, size) => {
  const recorded = scenarios(set)

  it('are all there, each of the form that the lab reads', () => {
    expect(recorded).toHaveLength(size)
    expect(recorded.filter((scenario) => !v.is(Scenario, scenario)).map(({ id }) => id)).toEqual([])
  })

  describe.each(browsers)('in %s', (browser) => {
    const known = knownDeviations[browser]
    const pairs = observations(browser, set).map((observation, index) => ({ observation, scenario: recorded[index] }))

    it('went as predicted, but for known deviations', () => {
      const disagreements = pairs.flatMap<object>(({ scenario, observation }) => {
        if (scenario?.id !== observation.id) return [{ id: observation.id, reason: 'no such scenario' }]
        if (scenario.id in known) return []
        const predicted = said(predict(scenario, browser))
        const observed = did(observation)
        return JSON.stringify(predicted) === JSON.stringify(observed) ? [] : [{ id: scenario.id, predicted, observed }]
      })
      expect(disagreements).toEqual([])
    })

    it('still deviate where a deviation is known', () => {
      const agreeing = pairs.filter(
        ({ scenario, observation }) =>
          scenario !== undefined &&
          scenario.id in known &&
          JSON.stringify(said(predict(scenario, browser))) === JSON.stringify(did(observation)),
      )
      expect(agreeing.map(({ observation }) => observation.id)).toEqual([])
    })
  })
})

it('has at most five known deviations for each browser', () => {
  for (const browser of browsers) expect(Object.keys(knownDeviations[browser]).length).toBeLessThanOrEqual(5)
})

/** What a prediction says of the things that were recorded. */
const said = ({ exchanges, outcome, status, headers }: Prediction) => ({ exchanges: exchanges.map(essence), outcome, status, headers })

const did = ({ exchanges, outcome, status, headers }: Observation) => ({ exchanges: exchanges.map(essence), outcome, status, headers })

const essence = ({ kind, method, url, origin, requestMethod, requestHeaders }: PredictedExchange | ObservedExchange) => ({
  kind,
  method,
  url,
  origin,
  requestMethod,
  requestHeaders,
})
