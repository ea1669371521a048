import { byteCaseInsensitiveMatch, byteUppercase, get } from '#shared/fetch/header-list'
import type { PredictedExchange, TracedRuling } from './prediction.ts'
import { code } from './prose.ts'
import type { EvidenceLine, StopWords } from './stop-words.ts'

const allowMethods = 'Access-Control-Allow-Methods'
const allowHeaders = 'Access-Control-Allow-Headers'

/** Why a preflight whose CORS check succeeded did not pass. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
export function preflightWords(ruling: TracedRuling, exchange: PredictedExchange): StopWords {
  if (exchange.answer.type !== 'response') throw new TypeError('A preflight without an answer has nothing to rule on')
  const { status, headerList } = exchange.answer
  switch (ruling.step) {
    case 'cors-preflight-fetch/7.3':
      return noList(get(headerList, allowMethods), get(headerList, allowHeaders))
    case 'cors-preflight-fetch/7.5':
      return methodNotAllowed(ruling, exchange.requestMethod ?? '', get(headerList, allowMethods))
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return headerNotAllowed(ruling, exchange.requestHeaders ?? [], get(headerList, allowHeaders))
    default:
      return notAnOkStatus(status)
  }
}

function notAnOkStatus(status: number): StopWords {
  return {
    lead: {
      predicted: `The server would answer the preflight with status ${status}.`,
      run: `The server answers the preflight with status ${status}.`,
    },
    brief: `${status} is not an ok status`,
    blamed: `status ${status}`,
    title: { predicted: `Status ${status} would let no preflight pass`, run: `Status ${status} lets no preflight pass` },
    because: 'Because only an ok status, 200 to 299, says yes, whatever the headers say.',
    evidence: [{ label: 'status', value: String(status), bad: String(status) }],
    typically: behindStatus(status),
    headers: [],
  }
}

function behindStatus(status: number): string {
  if (status === 401 || status === 403) return 'authentication that also guards OPTIONS: a preflight never carries credentials.'
  if (status === 404 || status === 405) return 'a server or router without a route for OPTIONS.'
  if (status >= 300 && status < 400) return 'a missing trailing slash or a move to https: a preflight is never redirected.'
  return 'a handler that fails, or a proxy that answers, before the CORS policy has its turn.'
}

function noList(methods: string | null, headers: string | null): StopWords {
  return {
    lead: {
      predicted: 'The server would allow methods or header names in a form that is no list of names.',
      run: 'The server allows methods or header names in a form that is no list of names.',
    },
    brief: 'the answer’s lists cannot be read',
    blamed: 'not a list',
    title: { predicted: 'The preflight’s lists could not be read', run: 'The preflight’s lists cannot be read' },
    because: 'Because one of them holds something that is no method or header name; then neither counts.',
    evidence: [
      { label: 'methods', value: methods ?? '' },
      { label: 'headers', value: headers ?? '' },
    ],
    typically: 'quotation marks, semicolons or spaces between the names: they are separated by commas alone.',
    headers: [allowMethods.toLowerCase(), allowHeaders.toLowerCase()],
  }
}

function methodNotAllowed(ruling: TracedRuling, method: string, allowed: string | null): StopWords {
  const otherCase = namesIn(allowed).some((each) => each !== method && byteUppercase(each) === byteUppercase(method))
  const asterisk = namesIn(allowed).includes('*')
  return {
    lead: { predicted: `The server would not allow ${code(method)}.`, run: `The server does not allow ${code(method)}.` },
    brief: allowed === null ? `no ${code(allowMethods)}` : `${code(method)} is not in ${code(allowMethods)}`,
    blamed: method,
    title: { predicted: `The preflight would not allow ${code(method)}`, run: `The preflight does not allow ${code(method)}` },
    because: otherCase
      ? 'Because methods are compared letter by letter, capitals and all.'
      : asterisk
        ? 'Because the answer does not list it, and with credentials `*` is just a name.'
        : notListed(ruling),
    evidence: askedAndAllowed(method, method, allowed),
    typically: otherCase
      ? 'a method in lower case: browsers put only DELETE, GET, HEAD, OPTIONS, POST and PUT into capitals themselves.'
      : 'a route that came after the policy.',
    headers: ['access-control-request-method', allowMethods.toLowerCase()],
  }
}

function headerNotAllowed(ruling: TracedRuling, asked: readonly string[], allowed: string | null): StopWords {
  const name = blamedHeader(ruling, asked, allowed)
  const asterisk = namesIn(allowed).includes('*')
  const authorization = byteCaseInsensitiveMatch(name, 'authorization')
  return {
    lead: { predicted: `The server would not allow ${code(name)}.`, run: `The server does not allow ${code(name)}.` },
    brief: allowed === null ? `no ${code(allowHeaders)}` : `${code(name)} is not in ${code(allowHeaders)}`,
    blamed: name,
    title: { predicted: `The preflight would not allow ${code(name)}`, run: `The preflight does not allow ${code(name)}` },
    because: !asterisk
      ? notListed(ruling)
      : authorization
        ? 'Because `authorization` has to be listed by its name; `*` does not cover it.'
        : 'Because the answer does not list it, and with credentials `*` is just a name.',
    evidence: askedAndAllowed(asked.join(','), name, allowed),
    typically: authorization ? 'a login that came after the policy.' : 'a new header that the server’s policy does not know yet.',
    headers: ['access-control-request-headers', allowHeaders.toLowerCase()],
  }
}

const notListed = ({ facts }: TracedRuling): string =>
  `Because the answer does not list it.${facts?.['credentialsMode'] === 'include' ? ' With credentials, `*` would not count.' : ''}`

const askedAndAllowed = (asked: string, name: string, allowed: string | null): EvidenceLine[] => [
  { label: 'asked', value: asked, bad: name },
  { label: 'allowed', value: allowed ?? '', missing: name },
]

/** The header that the ruling names; browsers blame different ones, and write them differently. */
function blamedHeader({ facts }: TracedRuling, asked: readonly string[], allowed: string | null): string {
  const named = Object.values(facts ?? {}).find(
    (fact) => typeof fact === 'string' && asked.some((name) => byteCaseInsensitiveMatch(name, fact)),
  )
  return typeof named === 'string'
    ? named
    : (asked.find((name) => !namesIn(allowed).some((each) => byteCaseInsensitiveMatch(each, name))) ?? '')
}

const namesIn = (value: string | null): string[] => (value ?? '').split(',').map((name) => name.trim())
