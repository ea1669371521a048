import { profiles } from '#shared/beyond-fetch/profiles/index'
import type { Scenario } from '#shared/scenario/scenario'
import { lastCookies } from './cookies-of-request.ts'
import type { CookiesOfRequest } from './cookies-of-request.ts'
import { ifPermitted } from './if-permitted.ts'
import type { Prediction } from './prediction.ts'
import { listed, upperFirst } from './prose.ts'
import { verdictOf } from './verdict.ts'
import { stateAtTheStart } from './visits.ts'

/** Whose doing it is that the request does not do what it should: told apart, for the one is often taken for the other. */
export interface CookieStory {
  readonly blame: 'CORS' | 'cookies' | 'both' | 'neither'
  readonly sentence: string
}

/**
 * Of several requests, as the verdict: of the last one, or of that which the prediction is of. null where no cookie of the host is at hand, or
 * nothing is sent.
 */
export function cookieStory(scenario: Scenario, whole: Prediction, startedAt = Date.now()): CookieStory | null {
  const prediction = whole.parts?.at(-1) ?? whole
  const { kind } = verdictOf(prediction)
  const happens = lastCookies(prediction.trace)
  // A preflight carries no cookies: what would stay behind once it passes is the next surprise.
  const cookies = happens ?? (kind === 'blocked-preflight' ? afterThePreflight(scenario, prediction, startedAt) : null)
  if (cookies === null) return null
  const byCORS = kind === 'blocked-preflight' || kind === 'blocked-cors-check'
  const would = happens === null
  if (cookies.stayed.length === 0) {
    const goes = whichGo(cookies.sent, would)
    return byCORS ? { blame: 'CORS', sentence: `CORS alone: ${goes}` } : { blame: 'neither', sentence: upperFirst(goes) }
  }
  return byCORS
    ? { blame: 'both', sentence: `Not CORS alone: ${whichStay(cookies, would)}` }
    : { blame: 'cookies', sentence: `Not CORS: ${whichStay(cookies, would)}` }
}

function afterThePreflight(scenario: Scenario, { profile: name }: Prediction, startedAt: number): CookiesOfRequest | null {
  // What later requests find in the jar is not known here.
  if (scenario.cookies === undefined || scenario.then !== undefined) return null
  const profile = profiles[name]
  return lastCookies(ifPermitted(scenario, profile, stateAtTheStart(scenario, profile, startedAt).cookieStore).trace)
}

const whichGo = (names: readonly string[], would: boolean): string => `${cookiesNamed(names)} ${verb('go', names, would)} along.`

/** Those that stay for the first reason; the others are only counted. */
function whichStay({ stayed }: CookiesOfRequest, would: boolean): string {
  const why = stayed[0]?.why ?? ''
  const names = stayed.filter((each) => each.why === why).map(({ name }) => name)
  const others = stayed.length - names.length
  const rest = others === 0 ? '' : others === 1 ? ' Another one stays, too.' : ` ${others} others stay, too.`
  return `${cookiesNamed(names)} ${verb('stay', names, would)} behind${names.length === 1 ? '' : ', each'} because ${why}.${rest}`
}

const cookiesNamed = (names: readonly string[]): string => `the ${names.length === 1 ? 'cookie' : 'cookies'} ${listed(names)}`

function verb(infinitive: 'go' | 'stay', { length }: readonly string[], would: boolean): string {
  if (would) return `would ${infinitive}`
  return length === 1 ? { go: 'goes', stay: 'stays' }[infinitive] : infinitive
}
