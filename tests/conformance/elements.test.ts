import { describe, expect, it } from 'vitest'
import { comparedWith } from './agreement.ts'
import { browsers } from './vectors.ts'

describe.each(browsers)('elements and other APIs in %s', (browser) => {
  const compared = comparedWith(browser, 'elements')

  it('are all there', () => expect(compared.length).toBeGreaterThan(500))

  it('went as predicted, console and all', () => {
    expect(
      compared.filter(({ difference }) => difference !== null).map(({ scenario, difference }) => ({ id: scenario.id, difference })),
    ).toEqual([])
  })
})
