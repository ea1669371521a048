import { byteCaseInsensitiveMatch } from './header-list.ts'
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

/** https://fetch.spec.whatwg.org/#concept-cache-clear */
export const clearCacheEntries = (cache: CORSPreflightCache, key: CacheKey): CORSPreflightCache =>
  cache.length === 0 ? cache : cache.filter((entry) => entry.byteSerializedOrigin !== key.byteSerializedOrigin || entry.url !== key.url)

/** "Cache entries must be removed after the seconds specified in their max-age field have passed since storing the entry." */
export const withoutExpiredEntries = (cache: CORSPreflightCache, now: number): CORSPreflightCache =>
  cache.length === 0 ? cache : cache.filter((entry) => now - entry.storedAt < entry.maxAge)

/** https://fetch.spec.whatwg.org/#concept-cache-match */
export const cacheEntryMatch = (entry: CacheEntry, key: CacheKey): boolean =>
  entry.byteSerializedOrigin === key.byteSerializedOrigin && entry.url === key.url && (entry.credentials || !key.credentials)

/** https://fetch.spec.whatwg.org/#concept-cache-match-method */
export const isMethodMatch = (entry: CacheEntry, method: string): boolean => entry.method === method || entry.method === '*'

/** https://fetch.spec.whatwg.org/#concept-cache-match-header */
export const isHeaderNameMatch = (entry: CacheEntry, headerName: string): boolean =>
  entry.headerName !== null &&
  (byteCaseInsensitiveMatch(entry.headerName, headerName) || (entry.headerName === '*' && !isCORSNonWildcardRequestHeaderName(headerName)))

export const methodCacheEntryMatch = (cache: CORSPreflightCache, key: CacheKey, method: string): boolean =>
  cache.some((entry) => cacheEntryMatch(entry, key) && isMethodMatch(entry, method))

export const headerNameCacheEntryMatch = (cache: CORSPreflightCache, key: CacheKey, headerName: string): boolean =>
  cache.some((entry) => cacheEntryMatch(entry, key) && isHeaderNameMatch(entry, headerName))

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0, steps 7.12 to 7.15: what a passed preflight leaves in the cache. */
export function storeThePreflight(
  cache: CORSPreflightCache,
  key: CacheKey,
  { methods, headerNames, maxAge, now }: { methods: readonly string[]; headerNames: readonly string[]; maxAge: number; now: number },
): CORSPreflightCache {
  // A passed preflight that names nothing still says that this URL was asked; some browsers ask no more then.
  let stored =
    methods.length + headerNames.length === 0 ? createANewCacheEntry(cache, key, { maxAge, method: null, headerName: null, now }) : cache
  // 7.12-13. For each method in methods: a matching entry gets the new max-age; where there is none, create a new cache entry.
  for (const method of methods) {
    const matches = (entry: CacheEntry) => cacheEntryMatch(entry, key) && isMethodMatch(entry, method)
    stored = stored.some(matches)
      ? stored.map((entry) => (matches(entry) ? { ...entry, maxAge, storedAt: now } : entry))
      : createANewCacheEntry(stored, key, { maxAge, method, headerName: null, now })
  }
  // 7.14-15. For each headerName in headerNames: the same.
  for (const headerName of headerNames) {
    const matches = (entry: CacheEntry) => cacheEntryMatch(entry, key) && isHeaderNameMatch(entry, headerName)
    stored = stored.some(matches)
      ? stored.map((entry) => (matches(entry) ? { ...entry, maxAge, storedAt: now } : entry))
      : createANewCacheEntry(stored, key, { maxAge, method: null, headerName, now })
  }
  return stored
}
