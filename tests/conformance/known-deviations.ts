import type { Browser } from './vectors.ts'

/** Scenarios in which a browser did something that its profile does not predict, each with the reason. An entry that starts agreeing fails the test. */
export const knownDeviations: Readonly<Record<Browser, Readonly<Record<string, string>>>> = {
  chromium: {
    'z1-738': 'Chromium reads `https:/x y` as a URL: it escapes the space in the host, where the URL standard refuses it.',
    'z1-916': 'The same URL.',
  },
  firefox: {},
  webkit: {},
}
