import type { Browser } from './vectors.ts'

const quotedCharset =
  'XMLHttpRequest leaves a charset in quotation marks as the script wrote it, where send() would make it UTF-8; the marks are unsafe bytes.'

/** Scenarios in which a browser did something that its profile does not predict, each with the reason. An entry that starts agreeing fails the test. */
export const knownDeviations: Readonly<Record<Browser, Readonly<Record<string, string>>>> = {
  chromium: {
    'z1-738': 'Chromium reads `https:/x y` as a URL: it escapes the space in the host, where the URL standard refuses it.',
    'z1-916': 'The same URL.',
    h385: quotedCharset,
    h387: quotedCharset,
  },
  firefox: { h385: quotedCharset, h387: quotedCharset },
  webkit: {},
}
