import { byteLowercase, get } from '#shared/fetch/header-list'
import type { PredictedExchange, TracedRuling } from './prediction.ts'
import { code } from './prose.ts'
import type { StopWords } from './stop-words.ts'

const allowOrigin = 'Access-Control-Allow-Origin'
const allowCredentials = 'Access-Control-Allow-Credentials'

/** Why the CORS check failed on an answer. https://fetch.spec.whatwg.org/#concept-cors-check */
export function corsCheckWords(ruling: TracedRuling, { origin, answer }: PredictedExchange): StopWords {
  const [status, headerList] = answer.type === 'response' ? [answer.status, answer.headerList] : [0, []]
  const allowed = get(headerList, allowOrigin)
  if (allowed === null) return noOrigin(status)
  const own = typeof ruling.facts?.['origin'] === 'string' ? ruling.facts['origin'] : (origin ?? 'null')
  if (ruling.step === 'cors-check/8') return noCredentials(get(headerList, allowCredentials))
  if (allowed === '*') return asterisk(own)
  return allowed.includes(',') ? severalOrigins(own, allowed) : otherOrigin(own, allowed)
}

function noOrigin(status: number): StopWords {
  return {
    lead: {
      predicted: `The server’s answer would have no ${code(allowOrigin)}.`,
      run: `The server’s answer has no ${code(allowOrigin)}.`,
    },
    brief: `no ${code(allowOrigin)}`,
    blamed: 'no allowed origin',
    title: { predicted: 'The answer would name no origin that may read it', run: 'The answer names no origin that may read it' },
    because: 'Because the header that says so is missing: without it, only pages of the server’s own origin read.',
    evidence: [{ label: 'answer', value: '', missing: allowOrigin }],
    typically:
      status >= 400
        ? `an error that lost its CORS headers on the way out: status ${status} was answered before the policy had its turn.`
        : 'a server without a CORS policy for this path.',
    headers: [byteLowercase(allowOrigin)],
  }
}

function asterisk(own: string): StopWords {
  const lead = `The server says \`*\`. With credentials it must name the origin, ${code(own)}.`
  return {
    lead: { predicted: lead.replace('says', 'would say').replace('must', 'would have to'), run: lead },
    brief: `\`*\` does not count with credentials`,
    blamed: '*',
    title: { predicted: 'With credentials, `*` would allow nobody', run: 'With credentials, `*` allows nobody' },
    because:
      'Because an asterisk would let every page read what the user’s cookies unlock; credentials mode `include` asks for the origin by name.',
    evidence: [
      { label: 'origin', value: own },
      { label: 'allowed', value: '*', bad: '*' },
    ],
    typically: 'a policy for public data that later met a session.',
    headers: [byteLowercase(allowOrigin)],
  }
}

function noCredentials(value: string | null): StopWords {
  return {
    lead: { predicted: 'The server would not allow credentials.', run: 'The server does not allow credentials.' },
    brief: value === null ? `no ${code(allowCredentials)}` : `${code(allowCredentials)} is ${code(value)}, not \`true\``,
    blamed: 'credentials',
    title: { predicted: 'The answer would not allow credentials', run: 'The answer does not allow credentials' },
    because: `Because credentials mode \`include\` asks for ${code(`${allowCredentials}: true`)}, letter by letter.`,
    evidence: [value === null ? { label: 'answer', value: '', missing: allowCredentials } : { label: 'allowed', value, bad: value }],
    typically:
      value === null ? 'a policy written before the page sent cookies.' : 'a value written by hand: `True`, `1` and `yes` do not count.',
    headers: [byteLowercase(allowCredentials)],
  }
}

function severalOrigins(own: string, allowed: string): StopWords {
  return {
    lead: {
      predicted: 'The server would name several origins, where browsers compare one.',
      run: 'The server names several origins, where browsers compare one.',
    },
    brief: `several values, where one is compared with ${code(own)}`,
    blamed: 'several origins',
    title: { predicted: 'The answer would name several origins', run: 'The answer names several origins' },
    because: 'Because the whole value is compared with the page’s origin: a list, or the header sent twice, equals none.',
    evidence: [
      { label: 'origin', value: own },
      { label: 'allowed', value: allowed, bad: allowed },
    ],
    typically: 'an app and a proxy that both add the header, or a list in the settings: the server has to pick the origin that asks.',
    headers: [byteLowercase(allowOrigin)],
  }
}

function otherOrigin(own: string, allowed: string): StopWords {
  return {
    lead: {
      predicted: `The server would allow ${code(allowed)}, not ${code(own)}.`,
      run: `The server allows ${code(allowed)}, not ${code(own)}.`,
    },
    brief: `${code(allowed)} is not the page’s origin`,
    blamed: allowed === '' ? 'an empty value' : 'another origin',
    title: { predicted: 'The answer would name another origin than the page’s', run: 'The answer names another origin than the page’s' },
    because: 'Because the two are compared letter by letter, scheme, host and port.',
    evidence: [
      { label: 'origin', value: own },
      allowed === '' ? { label: 'allowed', value: '', missing: 'an origin' } : { label: 'allowed', value: allowed, bad: allowed },
    ],
    typically: likelySlip(own, allowed),
    headers: [byteLowercase(allowOrigin)],
  }
}

function likelySlip(own: string, allowed: string): string {
  if (allowed === '') return 'a setting that is empty where the policy expects an origin.'
  if (allowed === `${own}/`) return 'an address copied from the browser: an origin ends without a slash.'
  if (byteLowercase(allowed) === byteLowercase(own)) return 'an origin written with capitals: browsers send it in lower case.'
  if (own === 'null') return 'a sandboxed frame, a file or a redirect across origins: the browser then sends `null` as the origin.'
  if (allowed === 'null') return 'a setting that is empty and turned into the word `null`.'
  if (allowed.includes('*')) return 'a pattern: browsers know `*` alone, so the server has to work the pattern out and name the origin.'
  if (allowed.replace(/^https?:/, '') === own.replace(/^https?:/, '')) return 'a policy written for the other of http and https.'
  if (allowed.replace(/:\d+$/, '') === own.replace(/:\d+$/, '')) return 'a page on another port: the port is part of the origin.'
  return 'a policy that lists other pages, or a cache that kept the answer for one of them because `Vary: Origin` is missing.'
}
