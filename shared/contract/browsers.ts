import type { ProfileName } from '../lab/prediction.ts'

/** The engines of real browsers: each has a profile that predicts for it. */
export type Engine = Exclude<ProfileName, 'standard'>

/** A browser on this machine that a scenario can be proved in. */
export interface Browser {
  /** Stays the same for as long as the browser is where it is. */
  readonly id: string
  readonly engine: Engine
  /** As its maker calls it. */
  readonly name: string
  /** As it says itself; null where it does not. */
  readonly version: string | null
  /** Its path; null for the one that the lab itself runs in. */
  readonly program: string | null
}

/** An engine that no browser was found of. */
export interface MissingEngine {
  readonly engine: Engine
  /** How to get one, as a sentence or a command. */
  readonly howToGet: string
}

export interface BrowserList {
  readonly browsers: readonly Browser[]
  readonly missing: readonly MissingEngine[]
}
