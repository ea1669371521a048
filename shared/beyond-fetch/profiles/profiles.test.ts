import { describe, expect, it } from 'vitest'
import { standardCookies, standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile, BrowserWays } from '#shared/fetch/browser-profile'
import type { CookieWays } from '#shared/fetch/cookie-store'
import { standardMixedContent } from '#shared/fetch/mixed-content'
import { profiles } from './index.ts'

const keys = Object.keys(standardWays) as (keyof BrowserWays)[]
const cookieKeys = Object.keys(standardCookies) as (keyof CookieWays)[]
const goesItsOwn = ({ ways, cookies, mixedContent }: BrowserProfile) => [
  ...keys.filter((way) => ways[way] !== standardWays[way]),
  ...cookieKeys.filter((way) => cookies[way] !== standardCookies[way]),
  ...(mixedContent === standardMixedContent ? [] : ['mixedContent']),
]

describe.each(Object.values(profiles))('the profile of $name', (profile) => {
  it('describes each way that is not the standard’s, and no other', () => {
    expect([...new Set(profile.deviations.map(({ way }) => way))].sort()).toEqual(goesItsOwn(profile).sort())
  })

  it('names each deviation once', () => {
    const names = profile.deviations.map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })

  it('explains each in whole sentences', () => {
    for (const { explanation } of profile.deviations) expect(explanation).toMatch(/^[A-Z`a-z].*\.$/)
  })
})

it('has the standard among the profiles, without deviations', () => expect(profiles.standard.deviations).toEqual([]))
