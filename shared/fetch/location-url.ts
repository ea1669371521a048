import { byteCaseInsensitiveMatch } from './header-list.ts'
import type { ActualResponse } from './response.ts'

/** https://fetch.spec.whatwg.org/#concept-response-location-url, for a response whose status is a redirect status. */
export function locationURLOf(response: ActualResponse, url: URL): URL | 'failure' | null {
  // 2. Let location be the result of extracting header list values given `Location` and response's header list.
  const locations = response.headerList.filter(([name]) => byteCaseInsensitiveMatch(name, 'Location'))
  const [first] = locations
  if (first === undefined) return null
  if (locations.some(([, value]) => value !== first[1])) return 'failure'

  // 3. If location is a header value, then set location to the result of parsing location with response's URL.
  const location = URL.parse(first[1], url.href)
  if (location === null) return 'failure'

  // 4. If location is a URL whose fragment is null, then set location's fragment to requestFragment.
  if (url.hash !== '' && !location.href.includes('#')) return new URL(location.href + url.hash)

  // 5. Return location.
  return location
}
