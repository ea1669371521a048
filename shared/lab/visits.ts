import { emptyCookieJar } from '#shared/cookies/cookie-jar'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { contextOfVisit } from '#shared/fetch/cookie-headers'
import type { CookieStore } from '#shared/fetch/cookie-store'
import type { Scenario } from '#shared/scenario/scenario'
import { registrableDomain } from './registrable-domain.ts'
import { freshState } from './request-steps.ts'
import type { BrowserState } from './request-steps.ts'

/** What a browser remembers when the scenario begins: the cookies of the visits before it, in their order. */
export function stateAtTheStart({ cookies = [] }: Pick<Scenario, 'cookies'>, profile: BrowserProfile): BrowserState {
  if (cookies.length === 0) return freshState
  let cookieStore: CookieStore = emptyCookieJar
  for (const { url, set } of cookies) {
    const visited = URL.parse(url)
    if (visited === null) continue
    const context = contextOfVisit(visited, profile, registrableDomain)
    for (const line of set) cookieStore = cookieStore.store(line, context).store
  }
  return { ...freshState, cookieStore }
}
