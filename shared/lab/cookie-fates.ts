import { profiles } from '#shared/beyond-fetch/profiles/index'
import { CookieJar } from '#shared/cookies/cookie-jar'
import type { StoredCookie } from '#shared/cookies/cookie-jar'
import type { Scenario } from '#shared/scenario/scenario'
import { whyRefused } from './cookie-sentences.ts'
import { lastCookies } from './cookies-of-request.ts'
import { ifPermitted } from './if-permitted.ts'
import type { ProfileName } from './prediction.ts'
import { jarOfVisits } from './visits.ts'

/** What becomes of a visit's `Set-Cookie` line, up to the scenario's first request. */
export interface CookieFate {
  readonly name: string
  readonly fate: 'goes' | 'stays' | 'elsewhere' | 'unsent' | 'refused' | 'deletes' | 'replaced'
  /** A clause about the cookie, where it stays or is refused. */
  readonly why: string | null
  /** As it is kept; null where nothing is. */
  readonly cookie: StoredCookie | null
}

/** By visit and line; a visit whose URL is none sets nothing. Each cookie is tried by itself: which others there are plays no part. */
export function cookieFates(scenario: Scenario, profileName: ProfileName, startedAt = Date.now()): CookieFate[][] {
  const profile = profiles[profileName]
  const { jar, lines } = jarOfVisits(scenario.cookies ?? [], profile, startedAt)
  return lines.map((visit) =>
    visit.map(({ name, refused, stored: cookie }): CookieFate => {
      if (refused !== null) return { name, fate: 'refused', why: whyRefused(refused), cookie: null }
      if (cookie === null) return { name, fate: 'deletes', why: null, cookie: null }
      if (!jar.cookies.includes(cookie)) return { name, fate: 'replaced', why: null, cookie }
      const { trace, exchanges } = ifPermitted(scenario, profile, new CookieJar([cookie]))
      const cookies = lastCookies(trace)
      if (cookies === null)
        return { name, fate: exchanges.some(({ kind }) => kind === 'request') ? 'elsewhere' : 'unsent', why: null, cookie }
      const [stayed] = cookies.stayed
      return { name, fate: stayed === undefined ? 'goes' : 'stays', why: stayed?.why ?? null, cookie }
    }),
  )
}
