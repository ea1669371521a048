import { describe, expect, it } from 'vitest'
import { profiles } from '#shared/beyond-fetch/profiles/index'
import { standardCookies, standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile, BrowserWays } from '#shared/fetch/browser-profile'
import type { CookieWays } from '#shared/fetch/cookie-store'
import { standardMixedContent } from '#shared/fetch/mixed-content'
import { drive } from '#shared/fetch/steps'
import { answersOfServerSteps } from '#shared/lab/answers'
import { stateAtTheStart } from '#shared/lab/visits'
import { sequenceSteps, together } from '#shared/lab/sequence'
import type { Scenario } from '#shared/scenario/scenario'
import { browsers, scenarios, vectorSets } from './vectors.ts'
import type { VectorSet } from './vectors.ts'

const recorded = new Map(
  (Object.keys(vectorSets) as VectorSet[]).flatMap((set) => scenarios(set).map((scenario) => [scenario.id, scenario] as const)),
)

const predictionOf = (scenario: Scenario, profile: BrowserProfile) =>
  together(
    drive(sequenceSteps(scenario, profile, stateAtTheStart(scenario, profile, Date.now())), answersOfServerSteps(scenario.server ?? [])),
  )

describe.each(browsers)('what %s does otherwise', (browser) => {
  const profile = profiles[browser]

  it.each(profile.deviations)('shows in the scenario named for $name: without it, another prediction', ({ way, scenario: id }) => {
    const scenario = recorded.get(id)
    if (scenario === undefined) throw new Error(`No scenario is called ${id}.`)
    const without =
      way === 'mixedContent'
        ? { ...profile, mixedContent: standardMixedContent }
        : way in standardCookies
          ? { ...profile, cookies: { ...profile.cookies, [way]: standardCookies[way as keyof CookieWays] } }
          : { ...profile, ways: { ...profile.ways, [way]: standardWays[way as keyof BrowserWays] } }
    const said = ({ exchanges, outcome, status, headers }: ReturnType<typeof predictionOf>) => ({
      exchanges: exchanges.map(({ kind, method, url, origin, requestHeaders, cookies }) => ({
        kind,
        method,
        url,
        origin,
        requestHeaders,
        cookies,
      })),
      outcome,
      status,
      headers,
    })
    expect(said(predictionOf(scenario, profile))).not.toEqual(said(predictionOf(scenario, without)))
  })

  it('is marked in the trace by no name that is not described', () => {
    const described = new Set(profile.deviations.map(({ name }) => name))
    const marked = new Set(
      [...recorded.values()].flatMap((scenario) => predictionOf(scenario, profile).trace.flatMap(({ deviation }) => deviation ?? [])),
    )
    expect([...marked].filter((name) => !described.has(name))).toEqual([])
  })
})
