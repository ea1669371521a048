import type { Browser } from '#shared/contract/browsers'
import type { MockServer } from '#shared/policy/mock-server'
import type { Scenario } from '#shared/scenario/scenario'
import type { Agreement } from '#shared/lab/compare'
import { engineNames } from '#shared/lab/engine-names'
import type { Observation } from '#shared/lab/observation'
import type { Prediction } from '#shared/lab/prediction'

/** Everything that somebody needs to look into a disagreement, and to see it again. */
export interface ProofReport {
  readonly about: string
  readonly lab: string | null
  readonly browser: Pick<Browser, 'name' | 'version' | 'engine'>
  /** The versions whose ways the prediction goes by. */
  readonly profile: string
  readonly standard: string
  readonly scenario: Scenario
  /** The mock servers that answered, as they were. */
  readonly servers: readonly MockServer[]
  readonly agreement: Agreement
  readonly prediction: Prediction
  readonly observation: Observation
}

export function proofReport(of: {
  lab: string | null
  browser: Browser
  scenario: Scenario
  servers: readonly MockServer[]
  agreement: Agreement
  prediction: Prediction
  observation: Observation
}): ProofReport {
  const { lab, browser, ...rest } = of
  return {
    about: 'CORS Lab: a browser did otherwise than predicted',
    lab,
    // Where the program lies is nobody's business.
    browser: { name: browser.name, version: browser.version, engine: browser.engine },
    profile: engineNames[browser.engine].exactly,
    standard: engineNames.standard.exactly,
    ...rest,
  }
}

/** `cors-lab-firefox-153.0-2026-11-25.json`. */
export function reportFileName({ name, version }: Browser, when: Date): string {
  const stem = `cors-lab-${name}-${version ?? ''}-${when.toISOString().slice(0, 10)}`
  return `${stem.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}.json`
}
