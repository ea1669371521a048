import { LabError } from '#shared/contract/errors'
import { isBadPort } from '#shared/fetch/port-blocking'
import { longestProofWait, proofWait } from '#shared/lab/proof-wait'
import type { Scenario } from '#shared/scenario/scenario'
import { waitingRoom, type Errand } from './runner-desk.ts'

/**
 * What a page has to do for a scenario.
 * Both throw where no browser opens a page of that origin; this one LabError proof-waits-too-long besides.
 */
export function errandOf({ page, request, then = [] }: Scenario): Errand {
  const wait = proofWait({ then })
  if (wait > longestProofWait) throw new LabError('proof-waits-too-long', { wait, longest: longestProofWait })
  return { visits: [], requests: [request, ...then], ...placeOf(page) }
}

/** The visits beforehand; the page ends up where the scenario begins. */
export const visitsOf = ({ page, cookies = [] }: Scenario): Errand => ({ visits: cookies, requests: [], ...placeOf(page) })

function placeOf({ origin, sandboxed }: Scenario['page']): Pick<Errand, 'origin' | 'frame'> {
  const onWeb = onTheWeb(origin)
  if (onWeb !== null && isBadPort(new URL(onWeb)))
    throw new Error(`No browser opens a page of the origin ${onWeb}: its port is another protocol’s, and browsers block it.`)
  if (onWeb !== null) return { origin: onWeb, frame: sandboxed === true ? 'sandboxed' : 'none' }
  // Both say `Origin: null`, and neither has a URL on the web.
  if (origin === 'null' || URL.parse(origin)?.protocol === 'file:') return { origin: waitingRoom, frame: 'data' }
  throw new Error(`No browser opens a page of the origin ${origin.slice(0, 100)} from the lab: it can be one on http: or https:, or null.`)
}

/** Where the page waits for the scenario: at its origin, if nothing comes before. */
export const homeOf = ({ page, cookies }: Scenario): string => (cookies === undefined ? onTheWeb(page.origin) : null) ?? waitingRoom

/** An origin that a page can have by its URL; null for any other. */
function onTheWeb(origin: string): string | null {
  const url = URL.parse(origin)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : null
}
