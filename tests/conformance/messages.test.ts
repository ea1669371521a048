import { describe, expect, it } from 'vitest'
import { predict } from '#shared/lab/predict'
import { observations, scenarios } from './vectors.ts'
import type { Browser, VectorSet } from './vectors.ts'

/** How many recorded messages there are, how many are predicted word for word, and which are not. */
function compare(set: VectorSet, browser: Browser) {
  const recorded = scenarios(set)
  const missed: { id: string; predicted: string | undefined; printed: string }[] = []
  let messages = 0
  let invented = 0
  observations(browser, set).forEach((observation, index) => {
    const scenario = recorded[index]
    if (scenario === undefined) throw new Error(`${observation.id} has no scenario`)
    const predicted = predict(scenario, browser).console
    const printed = observation.console?.[0]
    if (printed === undefined) {
      if (predicted !== undefined && hasConsole(set, browser, scenario.family)) invented++
      return
    }
    messages++
    if (predicted !== printed) missed.push({ id: scenario.id, predicted, printed })
  })
  return { messages, missed, invented, share: 1 - missed.length / messages }
}

/** Where the console was recorded. */
function hasConsole(set: VectorSet, browser: Browser, family: string): boolean {
  if (set === 'given') return browser !== 'webkit'
  if (set === 'own') return browser === 'chromium'
  return family === 'c' || (family === 'g' && browser !== 'firefox')
}

const claims: [VectorSet, Browser, number][] = [
  ['given', 'chromium', 0.995],
  ['own', 'chromium', 0.995],
  ['given', 'firefox', 0.95],
  ['loopback', 'chromium', 0.99],
  ['loopback', 'firefox', 0.97],
  ['loopback', 'webkit', 0.99],
]

describe.each(claims)('console messages of the %s scenarios in %s', (set, browser, share) => {
  const compared = compare(set, browser)

  it(`are predicted word for word, ${100 * share} of a hundred at least`, () => {
    expect(compared.messages).toBeGreaterThan(200)
    expect(compared.share, JSON.stringify(compared.missed.slice(0, 20), null, 1)).toBeGreaterThanOrEqual(share)
  })

  it('are not predicted where the browser printed none', () => expect(compared.invented).toBe(0))
})
