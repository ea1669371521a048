import { describe, expect, it } from 'vitest'
import { profiles } from '#shared/beyond-fetch/profiles/index'
import { drive } from '#shared/fetch/steps'
import type { Scenario } from '#shared/scenario/scenario'
import { answersOfScenario } from './answers.ts'
import { predict } from './predict.ts'
import type { ProfileName } from './prediction.ts'
import { freshState } from './request-steps.ts'
import { sequenceSteps } from './sequence.ts'

const url = 'http://api.test/'
const page = { origin: 'http://app.test' }

/** Requests with these methods, each so many milliseconds after the one before. */
const scenario = (methods: [method: string, after?: number][], allowMethods: string, maxAge: string): Scenario => {
  const [first, ...then] = methods.map(([method, after = 0]) => ({ api: 'fetch' as const, url, method, headers: [], after }))
  if (first === undefined) throw new Error('One at least.')
  const preflight: [string, string][] = [
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Allow-Methods', allowMethods],
    ['Access-Control-Max-Age', maxAge],
  ]
  const server = [{ url, preflight: { status: 204, headers: preflight }, response: { status: 200, headers: preflight.slice(0, 1) } }]
  return { id: 'sequence', page, request: first, then, server }
}

const requested = (given: Scenario, profile: ProfileName = 'standard') =>
  drive(sequenceSteps(given, profiles[profile], freshState), answersOfScenario(given))

const sent = (given: Scenario, profile?: ProfileName) => requested(given, profile).map(({ preflight }) => preflight.sent)

describe('requests one after another', () => {
  it('are preflighted once, until max-age has passed', () => {
    const given = scenario([['PUT'], ['PUT', 9000], ['PUT', 999], ['PUT', 1]], 'PUT', '10')
    expect(sent(given)).toEqual([true, false, false, true])
  })

  it('say why a preflight is sent, or is not', () => {
    const given = scenario([['PUT'], ['PUT'], ['DELETE'], ['GET'], ['PUT', 10_000]], 'PUT, PATCH', '10')
    const [first, second, third, fourth, fifth] = requested(given).map(({ preflight }) =>
      preflight.rulings.map(({ sentence }) => sentence).at(-1),
    )
    expect(first).toMatch(/needs a preflight: PUT is not CORS-safelisted/)
    expect(second).toMatch(/^No preflight is sent: an earlier one is still in/)
    expect(third).toMatch(/^A new preflight is sent: .* does not allow DELETE\.$/)
    expect(fourth).toMatch(/so no preflight is needed/)
    // In the standard a network error clears what was kept for the URL.
    expect(fifth).toMatch(/needs a preflight/)
  })

  it('have one prediction: all exchanges and rulings, each ending, and the last one’s for the end', () => {
    const prediction = predict(scenario([['PUT'], ['PUT'], ['DELETE']], 'PUT', '10'), 'standard')
    expect(prediction.exchanges.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT', 'PUT', 'OPTIONS'])
    expect(prediction.outcomes?.map(({ outcome }) => outcome)).toEqual(['cors', 'cors', 'network-error'])
    expect(prediction.outcome).toBe('network-error')
    expect(prediction.trace).toContain(prediction.ruling)
    expect(prediction.ruling).toMatchObject({ step: 'cors-preflight-fetch/7.5', exchanges: 4 })
  })

  it('find one preflight a URL in Chromium, the last, and none that did not do', () => {
    const given = scenario([['PUT'], ['DELETE'], ['PUT']], 'PUT', '10')
    expect(sent(given, 'chromium')).toEqual([true, true, true])
    expect(sent(given, 'webkit')).toEqual([true, true, false])
  })
})
