import { isCORSSafelistedRequestHeader } from './cors-safelisted-request-header.ts'
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteLowercase } from './header-list.ts'
import type { HeaderList } from './header-list.ts'

/** The CORS-unsafe request-header names of the request as the profile's browser sees them, and the deviation that changed them. */
export function unsafeNamesOf(fetchParams: FetchParams): { names: string[]; deviation?: string } {
  const { request, profile, authorHeaderList, memory } = fetchParams
  const { ways } = profile
  const redirected = request.redirectCount > 0
  let headers: HeaderList = ways.preflightAsksForOriginalHeaders && redirected ? authorHeaderList : request.headerList
  let deviation: string | undefined
  if (ways.combinesRepeatedHeaders) headers = combined(headers)
  const names = corsUnsafeRequestHeaderNames(headers, (name, value) => {
    const otherwise = ways.safelistsOtherwise(name, value)
    if (otherwise === undefined) return isCORSSafelistedRequestHeader(name, value)
    deviation ??= otherwise.deviation
    return otherwise.safelisted
  }).filter((name) => !redirected || !ways.preflightAsksForOriginalHeaders || !memory.strippedHere.has(name))
  return deviation === undefined ? { names } : { names, deviation }
}

/** One header for each name, its values joined by `, `. */
function combined(headers: HeaderList): HeaderList {
  if (headers.length < 2) return headers
  const byName = new Map<string, [string, string]>()
  for (const [name, value] of headers) {
    const lower = byteLowercase(name)
    const earlier = byName.get(lower)
    if (earlier === undefined) byName.set(lower, [name, value])
    else earlier[1] = `${earlier[1]}, ${value}`
  }
  return byName.size === headers.length ? headers : [...byName.values()]
}
