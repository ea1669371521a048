import type { Facts } from '#shared/fetch/ruling'
import { elementStopWords } from './element-stop-words.ts'
import type { TracedRuling } from './prediction.ts'
import { code, lowerFirst, upperFirst } from './prose.ts'
import type { StopWords, Tenses } from './stop-words.ts'

/** What stopped a request, in short. */
export interface Short {
  /** Without a full stop; the same in a prediction and in a run. */
  readonly what: string
  readonly blamed: string
  readonly because?: string
}

/** What stops a request besides a preflight and the CORS check: the call itself, the URL, a redirect, the connection. */
export function otherWords(ruling: TracedRuling): StopWords {
  if (ruling.step === 'http-network-fetch/8.5') return noAnswer(String(ruling.facts?.['reason'] ?? 'No answer came.'))
  const {
    what,
    blamed,
    because = '',
  } = shortWords(ruling, ruling.facts ?? {}) ?? { what: ruling.sentence.replace(/\.$/, ''), blamed: 'network error' }
  const title = upperFirst(what)
  const lead: Tenses = { predicted: `${title}.`, run: `${title}.` }
  return {
    lead,
    title: { predicted: title, run: title },
    brief: lowerFirst(what),
    blamed,
    because,
    evidence: [],
    typically: null,
    headers: ruling.step.startsWith('http-redirect-fetch/') ? ['location'] : [],
  }
}

/** @param reason one or more sentences: what happened, and what can be done about it. */
function noAnswer(reason: string): StopWords {
  const what = firstSentence(reason)
  return {
    lead: { predicted: what, run: what },
    title: { predicted: 'The server would not answer', run: 'The server did not answer' },
    brief: lowerFirst(what.replace(/\.$/, '')),
    blamed: 'no answer',
    because: reason,
    evidence: [],
    typically: null,
    headers: [],
  }
}

function shortWords({ step, result }: TracedRuling, facts: Facts): Short | null {
  const text = (name: string): string => String(facts[name] ?? '')
  switch (`${step} ${result}`) {
    case 'main-fetch/7 mixed content':
      return {
        what: `${code(text('url'))} is mixed content: the page came over https, and the request goes without`,
        blamed: 'mixed content',
        because: 'Because whoever reads or changes the unencrypted answer on its way would get into an https page. Serve it over https.',
      }
    case 'main-fetch/7 blocked':
      return {
        what: `Port ${text('port')} is one that browsers never ask`,
        blamed: `port ${text('port')}`,
        because: 'Because other services than web servers listen there by custom.',
      }
    case 'main-fetch/12 not same origin':
      return {
        what: 'Mode `same-origin` refuses every other origin',
        blamed: 'same-origin',
        because: `Because ${code(text('url'))} is not at the page’s origin, ${code(text('origin'))}.`,
      }
    case 'main-fetch/12 no-cors needs redirect mode follow':
      return {
        what: `Mode \`no-cors\` refuses redirect mode ${code(text('redirectMode'))}`,
        blamed: 'redirect mode',
        because: 'Because the script could learn from the outcome whether there was a redirect.',
      }
    case 'main-fetch/12 not an HTTP(S) scheme':
      return {
        what: `${code(text('scheme'))} cannot be asked across origins`,
        blamed: text('scheme'),
        because: 'Because CORS is a matter of HTTP: only `http:` and `https:` have headers to say who may read.',
      }
    case 'http-fetch/5 blocked':
      return { what: 'The answer’s `Cross-Origin-Resource-Policy` keeps it from this page', blamed: 'resource policy' }
    case 'http-fetch/6.3 error':
      return { what: 'Redirect mode `error` takes every redirect for a network error', blamed: 'redirect' }
  }
  return redirectWords(step, text) ?? callWords(step, facts, text) ?? elementStopWords(step, result, text)
}

function redirectWords(step: string, text: (name: string) => string): Short | null {
  const blamed = 'redirect'
  switch (step) {
    case 'http-redirect-fetch/5':
      return { what: 'The `Location` of the redirect is no URL', blamed }
    case 'http-redirect-fetch/6':
      return { what: `The redirect leads to ${code(text('scheme'))}, not to http or https`, blamed }
    case 'http-redirect-fetch/7':
      return { what: 'There were 20 redirects before this one', blamed, because: 'Because 20 are the most that are followed.' }
    case 'http-redirect-fetch/9':
    case 'http-redirect-fetch/10':
      return {
        what: 'The redirect leads to a URL with a user name or password',
        blamed,
        because: `Because a server could otherwise sign a page in elsewhere: ${code(text('locationURL'))}.`,
      }
    default:
      return null
  }
}

function callWords(step: string, facts: Facts, text: (name: string) => string): Short | null {
  switch (step) {
    case 'request-constructor/5.2':
    case 'xhr-open/6':
      return { what: `${code(text('url'))} is no URL`, blamed: 'URL' }
    case 'request-constructor/5.3':
      return { what: 'The URL holds a user name or password', blamed: 'URL', because: 'Because `fetch()` refuses to pass them on.' }
    case 'request-constructor/17':
      return { what: 'Mode `navigate` is not for scripts', blamed: 'navigate' }
    case 'request-constructor/25.2':
    case 'xhr-open/3':
      return facts['isForbidden'] === false
        ? {
            what: `${code(text('method'))} is no method`,
            blamed: text('method'),
            because: 'Because a method is a token: no space, no umlaut, not empty.',
          }
        : {
            what: `${code(text('method'))} is a forbidden method`,
            blamed: text('method'),
            because: 'Because CONNECT, TRACE and TRACK could make a server or proxy reveal what scripts must not see.',
          }
    case 'xhr-open/2':
      return { what: `${code(text('method'))} is no method`, blamed: text('method') }
    case 'request-constructor/32.1':
      return {
        what: `Mode \`no-cors\` refuses the method ${code(text('method'))}`,
        blamed: text('method'),
        because: 'Because without CORS only GET, HEAD and POST are sent, as forms and images could.',
      }
    case 'request-constructor/33.5':
    case 'xhr-setrequestheader/4':
      return facts['isName'] === false
        ? { what: `${code(text('headerName'))} is no header name`, blamed: text('headerName') }
        : { what: `The value of ${code(text('headerName'))} cannot be a header value`, blamed: text('headerName') }
    case 'request-constructor/35':
      return { what: `A ${code(text('method'))} request cannot have a body`, blamed: 'body' }
    case 'webidl/enumeration':
      return { what: `${code(text('value'))} is no value of ${code(text('member'))}`, blamed: text('value') }
    case 'webidl/bytestring':
      return { what: `${code(text('value'))} has a character beyond Latin-1`, blamed: text('member') }
    default:
      return null
  }
}

export const firstSentence = (text: string): string => /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text
