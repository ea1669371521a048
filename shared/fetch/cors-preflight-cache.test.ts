import { describe, expect, it } from 'vitest'
import { standardWays } from './browser-profile.ts'
import {
  clearCacheEntries,
  createANewCacheEntry,
  emptyPreflightCache,
  headerNameCacheEntryMatch,
  methodCacheEntryMatch,
  storeThePreflight,
  withoutExpiredEntries,
} from './cors-preflight-cache.ts'

const key = { byteSerializedOrigin: 'https://app.example', url: 'https://api.example/', credentials: false }
const passed = { methods: ['PUT'], headerNames: ['X-A'], maxAge: 600, now: 100 }

describe('CORS-preflight cache', () => {
  it('leaves the cache it is given as it was', () => {
    const cache = createANewCacheEntry(emptyPreflightCache, key, { maxAge: 5, method: 'PUT', headerName: null, now: 0 })
    expect(emptyPreflightCache).toEqual([])
    expect(cache).toHaveLength(1)
  })

  it('matches the method, byte for byte, and the header name in any case', () => {
    const cache = storeThePreflight(emptyPreflightCache, key, standardWays, passed)
    expect(methodCacheEntryMatch(cache, key, 'PUT', standardWays)).toBe(true)
    expect(methodCacheEntryMatch(cache, key, 'put', standardWays)).toBe(false)
    expect(headerNameCacheEntryMatch(cache, key, 'x-a', standardWays)).toBe(true)
    expect(headerNameCacheEntryMatch(cache, key, 'x-b', standardWays)).toBe(false)
  })

  it.each([
    ['another origin', { ...key, byteSerializedOrigin: 'null' }],
    ['another URL', { ...key, url: 'https://api.example/other' }],
    ['credentials that were not asked for', { ...key, credentials: true }],
  ])('has no match for %s', (_, other) =>
    expect(methodCacheEntryMatch(storeThePreflight(emptyPreflightCache, key, standardWays, passed), other, 'PUT', standardWays)).toBe(false),
  )

  it('serves a request without credentials from an entry with them', () => {
    const cache = storeThePreflight(emptyPreflightCache, { ...key, credentials: true }, standardWays, passed)
    expect(methodCacheEntryMatch(cache, key, 'PUT', standardWays)).toBe(true)
  })

  it('takes * for every method, and for every header name but Authorization', () => {
    const cache = storeThePreflight(emptyPreflightCache, key, standardWays, { ...passed, methods: ['*'], headerNames: ['*'] })
    expect(methodCacheEntryMatch(cache, key, 'CHICKEN', standardWays)).toBe(true)
    expect(headerNameCacheEntryMatch(cache, key, 'x-anything', standardWays)).toBe(true)
    expect(headerNameCacheEntryMatch(cache, key, 'authorization', standardWays)).toBe(false)
  })

  it('renews an entry that is there instead of adding another', () => {
    const cache = storeThePreflight(storeThePreflight(emptyPreflightCache, key, standardWays, passed), key, standardWays, { ...passed, maxAge: 60, now: 400 })
    expect(cache).toHaveLength(2)
    expect(cache.every(({ maxAge, storedAt }) => maxAge === 60 && storedAt === 400)).toBe(true)
  })

  it('renews every entry that stands for the name: those kept with credentials and without, and of every name', () => {
    const keep = (credentials: boolean, headerNames: string[], now: number, cache = emptyPreflightCache) =>
      storeThePreflight(cache, { ...key, credentials }, standardWays, { methods: [], headerNames, maxAge: 600, now })
    const both = keep(true, ['X-A'], 1, keep(false, ['x-a'], 0))
    expect(both.map(({ headerName, credentials, storedAt }) => [headerName, credentials, storedAt])).toEqual([
      ['x-a', false, 0],
      ['X-A', true, 1],
    ])
    expect(keep(false, ['x-A', 'X-a', '*', 'X-B'], 2, both).map(({ headerName, storedAt }) => [headerName, storedAt])).toEqual([
      ['x-a', 2],
      ['X-A', 2],
      ['*', 2],
    ])
  })

  it('forgets an entry once its max-age has passed', () => {
    const cache = storeThePreflight(emptyPreflightCache, key, standardWays, passed)
    expect(withoutExpiredEntries(cache, 699)).toHaveLength(2)
    expect(withoutExpiredEntries(cache, 700)).toEqual([])
  })

  it('clears what is kept for an origin and a URL, with credentials or without', () => {
    const other = { ...key, url: 'https://api.example/other' }
    const cache = storeThePreflight(storeThePreflight(emptyPreflightCache, key, standardWays, passed), other, standardWays, passed)
    expect(clearCacheEntries(cache, { ...key, credentials: true }).map(({ url }) => url)).toEqual([other.url, other.url])
  })
})
