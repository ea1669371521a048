import { methodOf } from '#shared/scenario/api-options'
import { engineNames } from '../engine-names.ts'
import type { ProfileName } from '../prediction.ts'
import { code, inWords } from '../prose.ts'
import type { AskedRequest, CacheAt, Trap } from './cache-at.ts'

/** `12 s`, `588.5 s`. */
export const seconds = (value: number): string => `${Number(value.toFixed(3)).toLocaleString('en', { maximumFractionDigits: 3 })} s`

/** `request 2, DELETE /orders/42`; `the request, …` where it is the only one. */
export function requestName({ request }: AskedRequest, n: number, count: number): string {
  const url = URL.parse(request.url)
  return `${count === 1 ? 'the request' : `request ${n + 1}`}, ${code(`${methodOf(request)} ${url === null ? request.url : `${url.pathname}${url.search}`}`)}`
}

/** What is kept and who asks, in one sentence for the time of the clock. */
export function summary({ entries, requests }: CacheAt, now: number): string {
  const kept = entries.length === 0 ? 'nothing is' : entries.length === 1 ? '1 entry is' : `${entries.length} entries are`
  const asking = requests.filter(({ again }) => again.sent).length
  const who =
    requests.length === 1
      ? `the request, sent then, would ${asking === 1 ? 'send OPTIONS' : 'send no OPTIONS'}`
      : `${asking} of ${requests.length} requests, sent then, would send OPTIONS`
  return `At ${seconds(now)}: ${kept} kept; ${who}.`
}

/** A policy that was changed, and a browser that goes by what it was told before: how long, for what, and what it would be told now. */
export function trapWords({ requests }: CacheAt, profile: ProfileName): { title: string; sentence: string; secondsLeft: number } | null {
  const trapped = requests.flatMap((asked, n) =>
    asked.trap === null ? [] : [{ name: requestName(asked, n, requests.length), ...asked.trap }],
  )
  const [first] = trapped
  if (first === undefined) return null
  const { name } = engineNames[profile]
  const secondsLeft = Math.max(...trapped.map((trap: Trap) => trap.secondsLeft))
  return {
    title: 'The policy was changed, and the change does not show yet',
    sentence:
      `For ${seconds(secondsLeft)} more, ${name} goes by what it keeps from before the change, and lets through ${inWords(trapped.map((each) => each.name))}. ` +
      `Asked anew, ${trapped.length === 1 ? 'it is' : 'the first is'} blocked: ${first.ruling.sentence.replace(/^Blocked: /, '')}`,
    secondsLeft,
  }
}

/**
 * How to make the browser itself forget. Chromium and Firefox were seen to send every preflight while their cache is disabled; WebKit’s
 * NetworkLoadChecker looks into the CORS-preflight cache whatever the inspector says.
 */
export const howToForget: Readonly<Record<ProfileName, string>> = {
  chromium: 'In Chromium, open DevTools and tick Disable cache in Network: while they are open, every preflight is sent.',
  firefox: 'In Firefox, open the developer tools and tick Disable Cache in Network: while they are open, every preflight is sent.',
  webkit: 'In WebKit, open a new private window: the inspector’s switch for caches leaves preflights alone.',
  standard: 'In a browser, open the developer tools and disable its cache, or use a new private window.',
}
