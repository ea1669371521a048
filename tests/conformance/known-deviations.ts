import type { Browser } from './vectors.ts'

/** Predicted is a network error; the recording’s server left the TLS handshake without an answer until the time was over. */
const upgradedToNobody =
  'The image was upgraded to https, where the server spoke http: nothing arrived, as predicted, and the browser still waited.'

/** Scenarios in which a browser did something that its profile does not predict, each with the reason. An entry that starts agreeing fails the test. */
export const knownDeviations: Readonly<Record<Browser, Readonly<Record<string, string>>>> = {
  chromium: {
    'q23-265': upgradedToNobody,
  },
  firefox: {
    'q23-56':
      'A preflight is kept for 1 s, and the third request came later: real time passes between requests, which predictions do not know of.',
    'f-c4': 'Of a cookie without a name or a =, and of one with a tab in it, it makes something else.',
    'q23-222': 'Said “CORS request did not succeed”; the same module said its MIME type in every run since.',
    'q23-218': 'The second POST was preflighted again within 600 s; in none of three runs of the same requests since (k-m3, k-m4).',
  },
  webkit: {
    'q23-265': upgradedToNobody,
    'f-c4': 'It takes a cookie with a tab, and one with a control character.',
    'f-c11ll':
      'A page on localhost and a.localhost are one site; b.localhost and a.localhost are not. The public suffix list says nothing of it.',
  },
}
