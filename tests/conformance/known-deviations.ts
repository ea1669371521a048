import type { Browser } from './vectors.ts'

/** Scenarios in which a browser did something that its profile does not predict, each with the reason. An entry that starts agreeing fails the test. */
export const knownDeviations: Readonly<Record<Browser, Readonly<Record<string, string>>>> = {
  chromium: {},
  firefox: {},
  webkit: {},
}
