import { readFileSync } from 'node:fs'
import type { Outcome } from '#shared/lab/prediction'
import type { Scenario } from '#shared/scenario/scenario'

export const browsers = ['chromium', 'firefox', 'webkit'] as const
export type Browser = (typeof browsers)[number]

export interface ObservedExchange {
  kind: 'preflight' | 'request'
  method: string
  url: string
  origin: string | null
  requestMethod?: string
  requestHeaders?: string[]
}

/** What a real browser did with a scenario. */
export interface Observation {
  id: string
  exchanges: ObservedExchange[]
  outcome: Outcome
  status?: number
  headers?: string[]
  console?: string[]
}

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

/** The vectors that were given; those recorded for rarer values; of pages and servers on loopback alone; and for what only one browser does. */
export const vectorSets = { given: '', own: 'own.', loopback: 'loopback.', rare: 'rare.' } as const
export type VectorSet = keyof typeof vectorSets

export const scenarios = (set: VectorSet = 'given'): (Scenario & { family: string })[] => read(`${vectorSets[set]}scenarios`)
export const observations = (browser: Browser, set: VectorSet = 'given'): Observation[] => read(`${vectorSets[set]}${browser}`)
