import type { BrowserWays } from './browser-profile.ts'
import { byteCaseInsensitiveMatch } from './header-list.ts'
import type { ActualResponse } from './response.ts'

type LocationWays = Pick<BrowserWays, 'combinesLocations' | 'emptyLocation' | 'readsLocation'>

const beyondASCII = /[^\0-\x7f]/

/** https://fetch.spec.whatwg.org/#concept-response-location-url, for a response whose status is a redirect status. */
export function locationURLOf(
  response: Pick<ActualResponse, 'headerList'>,
  url: URL,
  ways: LocationWays,
): URL | 'failure' | 'no redirect' | null {
  // 2. Let location be the result of extracting header list values given `Location` and response's header list.
  const values = response.headerList.filter(([name]) => byteCaseInsensitiveMatch(name, 'Location')).map(([, value]) => value)
  const [first] = values
  if (first === undefined) return null
  // Two headers of one value do no harm in any browser.
  if (!ways.combinesLocations && values.some((value) => value !== first)) return 'failure'
  const value = ways.combinesLocations ? values.join(', ') : first
  if (value === '' && ways.emptyLocation !== 'this URL') return ways.emptyLocation === 'no redirect' ? 'no redirect' : 'failure'

  // 3. If location is a header value, then set location to the result of parsing location with response's URL.
  const location = URL.parse(beyondASCII.test(value) ? ways.readsLocation(value) : value, url.href)
  if (location === null) return 'failure'

  // 4. If location is a URL whose fragment is null, then set location's fragment to requestFragment.
  if (url.hash !== '' && !location.href.includes('#')) return new URL(location.href + url.hash)

  // 5. Return location.
  return location
}
