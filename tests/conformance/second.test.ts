import { describe, expect, it } from 'vitest'
import { comparedWith } from './agreement.ts'
import { knownDeviations } from './known-deviations.ts'
import { browsers } from './vectors.ts'

/** Vectors and how many there are; what is said of each that did not go as predicted stands in known-deviations.ts. */
const sets = [
  ['second', 700],
  ['kept', 19],
  ['further', 204],
] as const

describe.each(sets)('the %s scenarios', (set, size) => {
  describe.each(browsers)('in %s', (browser) => {
    const compared = comparedWith(browser, set)
    const known = knownDeviations[browser]

    it('are all there', () => expect(compared).toHaveLength(size))

    it('went as predicted, but for known deviations', () =>
      expect(compared.filter(({ scenario, difference }) => difference !== null && !(scenario.id in known))).toEqual([]))

    it('disagree where a known deviation says so', () =>
      expect(compared.filter(({ scenario, difference }) => difference === null && scenario.id in known)).toEqual([]))
  })
})
