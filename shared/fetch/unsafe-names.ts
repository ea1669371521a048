import { isCORSSafelistedRequestHeader } from './cors-safelisted-request-header.ts'
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteLowercase } from './header-list.ts'
import type { HeaderList } from './header-list.ts'

export interface UnsafeNames {
  readonly names: readonly string[]
  /** The script set unsafe headers, and the redirect just followed removed the last of them. */
  readonly lastOnesStripped: boolean
  /** What made the browser see it otherwise than the standard. */
  readonly deviation: string | undefined
}

/** The CORS-unsafe request-header names of the request as the profile's browser sees them. */
export function unsafeNamesOf(fetchParams: FetchParams): UnsafeNames {
  const { request, profile, authorHeaderList, memory } = fetchParams
  const { ways } = profile
  const redirected = request.redirectCount > 0
  // A beacon has no headers of a script's: its `Content-Type` counts from the first preflight on.
  const isBeacon = request.initiatorType === 'beacon'
  const asksForOriginal = ways.preflightAsksForOriginalHeaders && (!isBeacon || memory.preflighted)
  let headers: HeaderList = asksForOriginal && redirected ? authorHeaderList : request.headerList
  let deviation: string | undefined
  if (ways.combinesRepeatedHeaders) headers = combined(headers)
  const isSafelisted = (name: string, value: string): boolean => {
    const otherwise = ways.safelistsOtherwise(name, value)
    const byStandard = isCORSSafelistedRequestHeader(name, value)
    if (otherwise === undefined) return byStandard
    if (otherwise.safelisted !== byStandard) deviation ??= otherwise.deviation
    return otherwise.safelisted
  }
  let names = corsUnsafeRequestHeaderNames(headers, isSafelisted, {
    safelistValueSizeLimit: ways.ignoresSafelistValueSize ? Infinity : 1024,
    repeats: ways.repeatsRequestedNames,
  })
  const before = names.length
  if (redirected && asksForOriginal && !isBeacon) names = names.filter((name) => !memory.strippedHere.has(name))
  return { names, lastOnesStripped: before > 0 && names.length === 0, deviation }
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
