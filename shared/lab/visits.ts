import { CookieJar, emptyCookieJar } from '#shared/cookies/cookie-jar'
import type { StoredCookie } from '#shared/cookies/cookie-jar'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { contextOfVisit } from '#shared/fetch/cookie-headers'
import type { RefusalReason } from '#shared/fetch/cookie-store'
import type { Scenario, Visit } from '#shared/scenario/scenario'
import { registrableDomain } from './registrable-domain.ts'
import { freshState } from './request-steps.ts'
import type { BrowserState } from './request-steps.ts'

/** What became of a `Set-Cookie` line. */
export interface SetLine {
  readonly name: string
  readonly refused: RefusalReason | null
  /** null where it is refused, or deletes. */
  readonly stored: StoredCookie | null
}

/**
 * What a browser remembers when the scenario begins: the cookies of the visits before it, in their order.
 * @param startedAt when that is, in milliseconds since 1970
 */
export function stateAtTheStart({ cookies = [] }: Pick<Scenario, 'cookies'>, profile: BrowserProfile, startedAt: number): BrowserState {
  const state = { ...freshState, startedAt }
  return cookies.length === 0 ? state : { ...state, cookieStore: jarOfVisits(cookies, profile, startedAt).jar }
}

/** The jar after the visits, and line by line what each of them set; nothing where a visit's URL is none. */
export function jarOfVisits(cookies: readonly Visit[], profile: BrowserProfile, startedAt: number): { jar: CookieJar; lines: SetLine[][] } {
  let jar: CookieJar = emptyCookieJar
  const lines = cookies.map(({ url, set }) => {
    const visited = URL.parse(url)
    if (visited === null) return []
    const context = contextOfVisit(visited, profile, registrableDomain, startedAt)
    return set.map((line): SetLine => {
      const { cookies: before } = jar
      const { store, name, refused } = jar.store(line, context)
      jar = store
      return { name, refused, stored: store.cookies.find((cookie) => !before.includes(cookie)) ?? null }
    })
  })
  return { jar, lines }
}
