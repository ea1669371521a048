import { originLetInBy } from '#shared/policy/origin-pattern'
import type { Policy } from '#shared/policy/policy'
import type { Sweep } from '#shared/scenario/sweep'
import { lookAlikesOf } from './look-alikes.ts'

export type SweepAxes = Pick<Sweep, 'origins' | 'methods' | 'headerSets' | 'credentials'>

/** A sweep to begin with: what it asks, in words, and its axes for a policy and the origins of the workspace's pages. */
export interface SweepPreset {
  readonly name: string
  readonly asks: string
  readonly axes: (policy: Policy, pages: readonly string[]) => SweepAxes
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'patch', 'DELETE']

export const sweepPresets: readonly SweepPreset[] = [
  {
    name: 'Which origins get in',
    asks: 'The origins of the policy and those that a careless one takes for them, with and without credentials',
    axes: (policy, pages) => ({
      origins: originsAround(policy, pages),
      methods: ['GET', 'PUT'],
      headerSets: [[]],
      credentials: ['same-origin', 'include'],
    }),
  },
  {
    name: 'Which methods get through',
    asks: 'Seven methods, plain and with a header that the browsers treat differently',
    axes: (policy, pages) => ({
      origins: originsAround(policy, pages),
      methods,
      headerSets: [[], [['Save-Data', 'on']]],
      credentials: ['same-origin'],
    }),
  },
  {
    name: 'Which headers a page may send',
    asks: 'The headers of the policy, and the usual ones beside them, one by one',
    axes: (policy, pages) => ({
      origins: [...namedOrigins(policy), ...pages].slice(0, 1).concat('https://evil.example'),
      methods: ['GET', 'POST'],
      headerSets: [[], ...headerSetsFor(policy)],
      credentials: ['same-origin', 'include'],
    }),
  },
]

const namedOrigins = ({ origins }: Policy): string[] =>
  Array.isArray(origins) ? origins.map(originLetInBy).filter((origin) => origin !== null) : []

function originsAround(policy: Policy, pages: readonly string[]): string[] {
  const named = [...new Set([...namedOrigins(policy), ...pages.filter((page) => URL.canParse(page))])]
  const known = named.length === 0 ? ['https://app.example.com'] : named
  return [...new Set([...known, ...known.flatMap(lookAlikesOf), 'https://evil.example', 'null'])]
}

function headerSetsFor({ requestHeaders }: Policy): [string, string][][] {
  const usual: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['Authorization', 'Bearer token'],
    ['X-Requested-With', 'XMLHttpRequest'],
    ['X-Api-Key', 'key'],
    ['Save-Data', 'on'],
    ['Range', 'bytes=0-99'],
  ]
  const taken = new Set(usual.map(([name]) => name.toLowerCase()))
  const named = (Array.isArray(requestHeaders) ? requestHeaders : []).filter((name) => name !== '*' && !taken.has(name.toLowerCase()))
  return [...usual, ...named.map((name): [string, string] => [name, '1'])].map((header) => [header])
}
