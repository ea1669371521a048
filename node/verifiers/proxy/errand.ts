import type { Scenario } from '#shared/scenario/scenario'
import { waitingRoom, type Errand } from './runner-desk.ts'

/**
 * What a page has to do for a scenario.
 * Both throw where no browser opens a page of that origin.
 */
export const errandOf = ({ page, request, then = [] }: Scenario): Errand => ({ visits: [], requests: [request, ...then], ...placeOf(page) })

/** The visits beforehand; the page ends up where the scenario begins. */
export const visitsOf = ({ page, cookies = [] }: Scenario): Errand => ({ visits: cookies, requests: [], ...placeOf(page) })

function placeOf({ origin, sandboxed }: Scenario['page']): Pick<Errand, 'origin' | 'frame'> {
  const url = URL.parse(origin)
  if (url?.protocol === 'http:' || url?.protocol === 'https:')
    return { origin: url.origin, frame: sandboxed === true ? 'sandboxed' : 'none' }
  // Both say `Origin: null`, and neither has a URL on the web.
  if (origin === 'null' || url?.protocol === 'file:') return { origin: waitingRoom, frame: 'data' }
  throw new Error(`No browser opens a page of the origin ${origin.slice(0, 100)} from the lab: it can be one on http: or https:, or null.`)
}
