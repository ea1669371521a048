import type { BrowserWays } from './browser-profile.ts'
import { byteCaseInsensitiveMatch, byteLowercase } from './header-list.ts'
import { isCORSNonWildcardRequestHeaderName } from './cors-non-wildcard-request-header-name.ts'
import type { Request } from './request.ts'
import { currentURL } from './request.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'

/** https://fetch.spec.whatwg.org/#cache-entry. The network partition key is not modelled: one lab is one partition. */
export interface CacheEntry {
  readonly byteSerializedOrigin: string
  readonly url: string
  /** Seconds. */
  readonly maxAge: number
  readonly credentials: boolean
  /** null, `*`, or a method. */
  readonly method: string | null
  /** null, `*`, or a header name. */
  readonly headerName: string | null
  /** When it was stored, in the seconds of `now`. */
  readonly storedAt: number
}

/** https://fetch.spec.whatwg.org/#concept-cache, as a value: every function here takes one and leaves it as it is. */
export type CORSPreflightCache = readonly CacheEntry[]

export const emptyPreflightCache: CORSPreflightCache = []

/** The part of a request that an entry is looked up by. */
export interface CacheKey {
  readonly byteSerializedOrigin: string
  readonly url: string
  readonly credentials: boolean
}

/** The ways in which browsers keep preflights otherwise. */
export type CacheWays = Pick<
  BrowserWays,
  'keepsLastPreflightOnly' | 'keepsCredentialedApart' | 'cachedWildcardsNeedNoCredentials' | 'cachedWildcardCoversAuthorization'
>

export const cacheKey = (request: Request): CacheKey => ({
  byteSerializedOrigin: serializeARequestOrigin(request),
  url: currentURL(request).href,
  credentials: request.credentialsMode === 'include',
})

/** https://fetch.spec.whatwg.org/#concept-cache-create-entry */
export function createANewCacheEntry(
  cache: CORSPreflightCache,
  key: CacheKey,
  entry: { maxAge: number; method: string | null; headerName: string | null; now: number },
): CORSPreflightCache {
  const { now: storedAt, ...rest } = entry
  return [...cache, { ...key, ...rest, storedAt }]
}

const isFor = (entry: CacheEntry, key: CacheKey): boolean =>
  entry.byteSerializedOrigin === key.byteSerializedOrigin && entry.url === key.url

/** What is kept of a URL for an origin, with credentials or without. */
export const entriesFor = (cache: CORSPreflightCache, key: CacheKey): CORSPreflightCache => cache.filter((entry) => isFor(entry, key))

/** https://fetch.spec.whatwg.org/#concept-cache-clear */
export const clearCacheEntries = (cache: CORSPreflightCache, key: CacheKey): CORSPreflightCache =>
  cache.some((entry) => isFor(entry, key)) ? cache.filter((entry) => !isFor(entry, key)) : cache

/** "Cache entries must be removed after the seconds specified in their max-age field have passed since storing the entry." */
export const withoutExpiredEntries = (cache: CORSPreflightCache, now: number): CORSPreflightCache =>
  cache.every((entry) => isLive(entry, now)) ? cache : cache.filter((entry) => isLive(entry, now))

const isLive = (entry: CacheEntry, now: number): boolean => now - entry.storedAt < entry.maxAge

/** https://fetch.spec.whatwg.org/#concept-cache-match */
export const cacheEntryMatch = (entry: CacheEntry, key: CacheKey, ways: CacheWays): boolean =>
  isFor(entry, key) && (entry.credentials === key.credentials || (entry.credentials && !ways.keepsCredentialedApart))

/** https://fetch.spec.whatwg.org/#concept-cache-match-method */
const isMethodMatch = (entry: CacheEntry, key: CacheKey, method: string, ways: CacheWays): boolean =>
  cacheEntryMatch(entry, key, ways) && (entry.method === method || (entry.method === '*' && isWildcard(entry, key, ways)))

/** https://fetch.spec.whatwg.org/#concept-cache-match-header */
const isHeaderNameMatch = (entry: CacheEntry, key: CacheKey, headerName: string, ways: CacheWays): boolean =>
  entry.headerName !== null &&
  cacheEntryMatch(entry, key, ways) &&
  (byteCaseInsensitiveMatch(entry.headerName, headerName) ||
    (entry.headerName === '*' &&
      isWildcard(entry, key, ways) &&
      (ways.cachedWildcardCoversAuthorization || !isCORSNonWildcardRequestHeaderName(headerName))))

/** Whether a `*` stands for every name. */
function isWildcard(entry: CacheEntry, key: CacheKey, { cachedWildcardsNeedNoCredentials }: CacheWays): boolean {
  if (cachedWildcardsNeedNoCredentials === false) return true
  return cachedWildcardsNeedNoCredentials === 'of the request' ? !key.credentials : !entry.credentials
}

export const methodCacheEntryMatch = (cache: CORSPreflightCache, key: CacheKey, method: string, ways: CacheWays): boolean =>
  cache.some((entry) => isMethodMatch(entry, key, method, ways))

export const headerNameCacheEntryMatch = (cache: CORSPreflightCache, key: CacheKey, headerName: string, ways: CacheWays): boolean =>
  cache.some((entry) => isHeaderNameMatch(entry, key, headerName, ways))

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, steps 7.12 to 7.15: what a passed preflight leaves in the cache. */
export function storeThePreflight(
  cache: CORSPreflightCache,
  key: CacheKey,
  ways: CacheWays,
  { methods, headerNames, maxAge, now }: { methods: readonly string[]; headerNames: readonly string[]; maxAge: number; now: number },
): CORSPreflightCache {
  let stored = ways.keepsLastPreflightOnly ? clearCacheEntries(cache, key) : cache
  // A passed preflight that names nothing still says that this URL was asked; some browsers ask no more then.
  if (methods.length + headerNames.length === 0) stored = createANewCacheEntry(stored, key, { maxAge, method: null, headerName: null, now })
  // 7.12-13. For each method in methods: a matching entry gets the new max-age; where there is none, create a new cache entry.
  const fresh: CacheEntry = { ...key, maxAge, method: null, headerName: null, storedAt: now }
  stored = renewedOrCreated(stored, 'method', methods, fresh, (entry, method) => isMethodMatch(entry, key, method, ways))
  // 7.14-15. For each headerName in headerNames: the same.
  return renewedOrCreated(stored, 'headerName', headerNames, fresh, (entry, name) => isHeaderNameMatch(entry, key, name, ways))
}

/** Servers name hundreds of headers, so entries are looked up by their names: only those of the same name, and of `*`, can match. */
function renewedOrCreated(
  cache: CORSPreflightCache,
  field: 'method' | 'headerName',
  names: readonly string[],
  fresh: CacheEntry,
  matches: (entry: CacheEntry, name: string) => boolean,
): CORSPreflightCache {
  if (names.length === 0) return cache
  const stored = [...cache]
  const places = new Map<string, number[]>()
  const remember = (name: string, at: number) => {
    const same = places.get(name)
    if (same === undefined) places.set(name, [at])
    else same.push(at)
  }
  for (const [at, entry] of cache.entries()) {
    const name = entry[field]
    if (name !== null) remember(byteLowercase(name), at)
  }
  for (const name of names) {
    const lowercase = byteLowercase(name)
    let isThere = false
    for (const candidates of [places.get(lowercase), places.get('*')]) {
      for (const at of candidates ?? []) {
        const entry = stored[at]
        if (entry === undefined || !matches(entry, name)) continue
        isThere = true
        stored[at] = { ...entry, maxAge: fresh.maxAge, storedAt: fresh.storedAt }
      }
    }
    if (isThere) continue
    remember(lowercase, stored.length)
    stored.push({ ...fresh, [field]: name })
  }
  return stored
}
