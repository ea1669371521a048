import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import type { Observation } from '#shared/lab/observation'
import { Scenario } from '#shared/scenario/scenario'

export const browsers = ['chromium', 'firefox', 'webkit'] as const
export type Browser = (typeof browsers)[number]

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T)

/**
 * The vectors that were given; those recorded for rarer values; of pages and servers on loopback alone; for what only one browser does; those
 * given of the further kinds: sequences, cookies, https and elements; and elements with answers of every type, status and body; and
 * sequences that tell apart what browsers keep of a preflight; cookies of every kind, and mixed content.
 */
export const vectorSets = {
  given: '',
  own: 'own.',
  loopback: 'loopback.',
  rare: 'rare.',
  second: 'second.',
  elements: 'elements.',
  kept: 'kept.',
  further: 'further.',
} as const
export type VectorSet = keyof typeof vectorSets

export type Recorded = Scenario & { family: string }

/** Those whose written form the door makes another. */
const parsed: ReadonlySet<VectorSet> = new Set(['second', 'elements', 'kept', 'further'])

export function scenarios(set: VectorSet = 'given'): Recorded[] {
  const lines = read<Recorded>(`${vectorSets[set]}scenarios`)
  return parsed.has(set) ? lines.map((line) => ({ ...v.parse(Scenario, line), family: line.family })) : lines
}
export const observations = (browser: Browser, set: VectorSet = 'given'): Observation[] => read(`${vectorSets[set]}${browser}`)
