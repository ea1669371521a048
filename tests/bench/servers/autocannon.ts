import { createRequire } from 'node:module'
import { allowed, page, path } from './subject.ts'

interface Result {
  readonly requests: { readonly average: number; readonly total: number }
  readonly duration: number
  readonly errors: number
  readonly timeouts: number
  readonly non2xx: number
  readonly mismatches: number
}
type Autocannon = (options: object) => Promise<Result>

const require = createRequire(new URL('../../../bench/package.json', import.meta.url))

export const asked = {
  GET: { method: 'GET', headers: { Origin: page } },
  preflight: {
    method: 'OPTIONS',
    headers: {
      Origin: page,
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': allowed.headers.join(','),
    },
  },
} as const
export type Asked = keyof typeof asked

/**
 * @param limits how long, or how many; how many before the first answer; and whether each request differs from all others, by its query.
 * @throws where a single answer is not as it should be.
 */
export async function fire(
  port: number,
  what: Asked,
  {
    isFresh = false,
    ...limits
  }: ({ duration: number } | { amount: number }) & { pipelining?: number; workers?: number; isFresh?: boolean },
): Promise<Result> {
  const autocannon = require('autocannon') as Autocannon
  const url = `http://127.0.0.1:${port}${path}${isFresh ? '?n=[<id>]' : ''}`
  const result = await autocannon({ url, connections: 64, idReplacement: isFresh, ...asked[what], ...limits })
  const { errors, timeouts, non2xx, requests } = result
  if (errors + timeouts + non2xx > 0 || requests.total === 0)
    throw new Error(`${requests.total} requests: ${errors} errors, ${timeouts} timeouts, ${non2xx} other statuses.`)
  return result
}
