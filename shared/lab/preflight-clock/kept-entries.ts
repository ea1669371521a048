import { profiles } from '#shared/beyond-fetch/profiles/index'
import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import type { CacheEntry } from '#shared/fetch/cors-preflight-cache'
import { maxAgeOf } from '#shared/fetch/cors-preflight-fetch'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { extractHeaderListValues } from '#shared/fetch/extract-header-list-values'
import { byteCaseInsensitiveMatch, get } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { requestsOf } from '#shared/scenario/one-request'
import { engineNames } from '../engine-names.ts'
import type { Prediction } from '../prediction.ts'
import { code } from '../prose.ts'
import type { BrowserState } from '../request-steps.ts'
import { liveEntries } from '../sequence.ts'
import type { LiveEntry } from '../sequence.ts'
import { asked } from './timeline.ts'
import type { Story, Timeline } from './timeline.ts'

/** An entry of the CORS-preflight cache, where it comes from, and whether it would be there if the browser asked anew. */
export interface KeptEntry extends LiveEntry {
  /** Whose preflight left it, counted from 0. */
  readonly request: number
  /** A sentence: why its max-age is what it is. */
  readonly why: string
  /** What the policy as it is now has to say about it; null: the same. */
  readonly otherwise: string | null
}

export function keptEntries(story: Story, { requested, state }: Timeline): KeptEntry[] {
  return liveEntries(state).map((live) => {
    const { entry } = live
    // A renewed entry is another value, so the first that has it is the one that left it.
    const request = requested.findIndex(({ state: { preflightCache } }) => preflightCache.includes(entry))
    const why = whySo(entry, preflightAnswer(entry, requested[request]?.prediction) ?? [], profiles[story.profile])
    return { ...live, request, why, otherwise: story.before === null ? null : otherwiseNow(story, entry, request, state) }
  })
}

/** What the policy as it is now says of an entry, where the request that left it is made anew. */
function otherwiseNow(story: Story, entry: CacheEntry, place: number, state: BrowserState): string | null {
  const request = requestsOf(story.scenario)[place]
  if (request === undefined) return null
  const anew = asked(story, request, { ...state, preflightCache: emptyPreflightCache })
  const left = anew.state.preflightCache.find((each) => isOfTheSame(each, entry))
  const seconds = left?.maxAge ?? namedAnyway(entry, anew.prediction, profiles[story.profile])
  if (seconds === null) return 'no longer given'
  return seconds === entry.maxAge ? null : `now given for ${seconds} s`
}

const isOfTheSame = (a: CacheEntry, b: CacheEntry): boolean =>
  a.url === b.url &&
  a.byteSerializedOrigin === b.byteSerializedOrigin &&
  a.credentials === b.credentials &&
  a.method === b.method &&
  a.headerName === b.headerName

/** A preflight that is refused for another name may still name this one: for how many seconds. */
function namedAnyway(entry: CacheEntry, prediction: Prediction, profile: BrowserProfile): number | null {
  const answer = preflightAnswer(entry, prediction)
  if (answer === null || !/^cors-preflight-fetch\/7\.[567]$/.test(prediction.ruling.step)) return null
  const listed = (header: Parameters<typeof extractHeaderListValues>[0]): readonly string[] => {
    const values = extractHeaderListValues(header, answer)
    return values === null || values === 'failure' ? [] : values
  }
  const isNamed =
    entry.headerName === null
      ? listed('Access-Control-Allow-Methods').some((method) => method === entry.method)
      : listed('Access-Control-Allow-Headers').some((name) => byteCaseInsensitiveMatch(name, entry.headerName ?? ''))
  return isNamed ? Math.min(maxAgeOf(answer, profile), profile.maxAgeLimit) : null
}

/** null where no preflight went there, or none was answered. */
function preflightAnswer({ url }: Pick<CacheEntry, 'url'>, prediction: Prediction | undefined): HeaderList | null {
  const sent = prediction?.exchanges.findLast((each) => each.kind === 'preflight' && each.url === url.replace(/#.*$/, ''))
  return sent?.answer.type === 'response' ? sent.answer.headerList : null
}

function whySo({ maxAge }: CacheEntry, headerList: HeaderList, profile: BrowserProfile): string {
  const written = get(headerList, 'Access-Control-Max-Age')
  const read = maxAgeOf(headerList, profile)
  if (written === null) return `The server names no max-age: ${maxAge} s are the default.`
  if (read > profile.maxAgeLimit)
    return `The server says ${code(written)}; ${engineNames[profile.name].name} keeps nothing longer than ${maxAge} s.`
  return Number(written) === read ? `The server says ${code(written)}.` : `The server says ${code(written)}, which is read as ${read} s.`
}
