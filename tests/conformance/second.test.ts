import { describe, expect, it } from 'vitest'
import { comparedWith } from './agreement.ts'
import { knownDeviations } from './known-deviations.ts'
import { browsers } from './vectors.ts'

/** How many of each family are met, so far. */
const met = { sequence: 0.85, cookies: 0, secure: 0, element: 0.38 }

describe.each(browsers)('the second kinds in %s', (browser) => {
  const compared = comparedWith(browser, 'second')
  const known = knownDeviations[browser]

  it('are all there', () => expect(compared).toHaveLength(700))

  it('what is kept of a preflight went as predicted', () => {
    const sequences = comparedWith(browser, 'kept')
    expect(sequences).toHaveLength(19)
    expect(sequences.filter(({ difference }) => difference !== null)).toEqual([])
  })

  it.each(Object.entries(met))('%s went as predicted, but for known deviations', (family, least) => {
    const members = compared.filter(({ scenario }) => scenario.family === family && !(scenario.id in known))
    const agreeing = members.filter(({ difference }) => difference === null)
    expect(agreeing.length / members.length).toBeGreaterThanOrEqual(least)
  })
})
