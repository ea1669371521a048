import type { ServedResponse } from './respond.ts'

/**
 * What the small shared cache of the fault `no-vary-behind-a-cache` holds, by path and query: the first answer to a GET there, which it gives to
 * everybody after that, `Access-Control-Allow-Origin` and all. Plain JSON.
 */
export type SharedCache = Readonly<Record<string, ServedResponse>>

export const emptySharedCache: SharedCache = {}

/** Answers it holds; the oldest give way. */
const limit = 100

/** The cache after this answer went by. */
export function cacheAfter(cache: SharedCache, response: ServedResponse): SharedCache {
  const { cachedAs, ...kept } = response
  if (cachedAs === undefined) return cache
  const entries = Object.entries(cache).slice(1 - limit)
  const headerList = kept.headerList.map(([name, value]) =>
    name === 'X-Cache' && value === 'MISS' ? ([name, 'HIT'] as const) : ([name, value] as const),
  )
  return Object.fromEntries([...entries, [cachedAs, { ...kept, headerList, handled: false, delay: 0 }]])
}
