import { expect, it } from 'vitest'
import type { Engine } from '#shared/contract/browsers'
import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import { observations, scenarios, type VectorSet } from '../conformance/vectors.ts'
import { inEachBrowser, verifierFor } from './real-browsers.ts'

/** A part of the recorded vectors, from all over; `npm run conformance` runs them all. */
const samples: [VectorSet, number][] = [
  ['given', 100],
  ['second', 50],
]

inEachBrowser('what was recorded is seen again', (browser) => {
  it.each(samples)('%s, every %dth', async (set, step) => {
    const all = scenarios(set)
    const chosen = <T>(of: readonly T[]) => of.filter((_, at) => at % step === 0 && !isTimed(all[at]!))
    const did = (observation: Observation) => comparable(browser.engine, observation)
    const verifier = verifierFor(browser)
    try {
      const lanes = split(chosen(all), 4)
      const observed = await Promise.all(
        lanes.map(async (lane) => {
          const seen = []
          for (const scenario of lane) seen.push(await verifier.observe(scenario))
          return seen
        }),
      )
      const expected = split(chosen(observations(browser.engine, set)), 4)
      expect(observed.flat().map(did)).toEqual(expected.flat().map(did))
    } finally {
      await verifier.close()
    }
  })
})

const split = <T>(all: readonly T[], parts: number): T[][] =>
  Array.from({ length: parts }, (_, part) => all.filter((_, at) => at % parts === part))

/** Whether an answer lives for seconds only: on a busy machine they may be over before the next request. */
const isTimed = ({ server = [] }: Scenario): boolean =>
  server.some(
    ({ preflight }) =>
      preflight !== undefined &&
      'headers' in preflight &&
      preflight.headers.some(([name, value]) => /^access-control-max-age$/i.test(name) && /^[1-9](?:\.\d)?$/.test(value)),
  )

/** MiniBrowser's messages were not recorded; Firefox names an opaque origin by a UUID, another each time. */
function comparable(engine: Engine, { console, ...rest }: Observation): unknown {
  if (engine === 'webkit') return rest
  return { ...rest, console: console?.map((message) => message.replace(/moz-nullprincipal:\{[0-9a-f-]+\}/, '')) }
}
