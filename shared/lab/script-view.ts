import { apiOptions } from '#shared/scenario/api-options'
import type { Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import { elementRows } from './element-reads.ts'
import { loadedWords } from './element-words.ts'
import { bodyWords } from './verdict.ts'
import { networkErrorMessage } from './script-error.ts'
import type { Prediction } from './prediction.ts'

/** A piece of a script: a keyword, a literal, a comment, an error's text, or anything else. */
interface ScriptPiece {
  readonly text: string
  readonly kind: 'plain' | 'key' | 'str' | 'com' | 'err'
}

type Line = readonly ScriptPiece[]
const plain = (text: string): ScriptPiece => ({ text, kind: 'plain' })
const key = (text: string): ScriptPiece => ({ text, kind: 'key' })
const str = (text: string): ScriptPiece => ({ text, kind: 'str' })
const com = (text: string): ScriptPiece => ({ text, kind: 'com' })
const err = (text: string): ScriptPiece => ({ text, kind: 'err' })

/** The script's side of the exchange: the call, and what each expression yields. */
export function scriptView(prediction: Prediction, { page, request }: Scenario): Line[] {
  const where: Line = [com(`// on ${page.sandboxed === true ? `${page.origin}, in a sandboxed frame` : page.origin}`)]
  return [where, ...linesOf(prediction, request)]
}

function linesOf(prediction: Prediction, request: ScenarioRequest): Line[] {
  switch (request.api) {
    case 'fetch':
      return fetchLines(prediction, request.url)
    case 'xhr':
      return xhrLines(prediction, request.method ?? 'GET', request.url)
    default:
      return elementLines(prediction, request)
  }
}

/** What an element is, and what each look at it yields. */
function elementLines(prediction: Prediction, { api, url, crossorigin }: ScenarioRequest): Line[] {
  const attribute = crossorigin === undefined || !apiOptions[api].crossorigin ? [] : [plain(', crossorigin='), str(`"${crossorigin}"`)]
  const probe = loadedWords(prediction)?.probe
  return [
    [key(apiOptions[api].written), plain(' '), str(quoted(url)), ...attribute],
    ...elementRows(api).map(([what, told], at): Line => {
      const expression = at === 1 && probe !== undefined ? probe[0] : what.toLowerCase()
      return [plain(expression.padEnd(26)), com('// '), str(told(prediction).text)]
    }),
  ]
}

function fetchLines(prediction: Prediction, url: string): Line[] {
  const call = [key('const'), plain(' response = '), key('await'), plain(' fetch('), str(quoted(url)), plain(', …)')]
  switch (prediction.outcome) {
    case 'network-error':
    case 'exception': {
      const message = prediction.outcome === 'exception' ? null : networkErrorMessage(prediction.profile)
      return [
        [key('try'), plain(' {')],
        [plain('  '), ...call],
        [plain('} '), key('catch'), plain(' (error) {')],
        [plain('  error.name     '), com('// '), str('"TypeError"')],
        [plain('  error.message  '), com('// '), message === null ? com('as the browser words it') : err(`"${message}"`)],
        [plain('}')],
      ]
    }
    case 'unanswered':
    case 'not modelled':
      return [call, [com('// not known')]]
    default:
      return [call, ...responseLines(prediction)]
  }
}

function responseLines(prediction: Prediction): Line[] {
  const yields = (expression: string, value: string): Line => [plain(expression.padEnd(26)), com('// '), str(value)]
  const isFiltered = prediction.outcome === 'opaque' || prediction.outcome === 'opaqueredirect'
  return [
    yields('response.type', `"${prediction.outcome}"`),
    yields('response.status', String(isFiltered ? 0 : (prediction.status ?? 0))),
    yields('[...response.headers]', isFiltered || prediction.headers?.length === 0 ? 'none' : (prediction.headers ?? []).join(', ')),
    yields('await response.text()', isFiltered || bodyWords(prediction) === 'no body' ? '""' : 'the body, as sent'),
  ]
}

function xhrLines(prediction: Prediction, method: string, url: string): Line[] {
  const yields = (expression: string, value: ScriptPiece): Line => [plain(expression.padEnd(30)), com('// '), value]
  const call: Line[] = [
    [key('const'), plain(' xhr = '), key('new'), plain(' XMLHttpRequest()')],
    [plain('xhr.open('), str(quoted(method)), plain(', '), str(quoted(url)), plain(')')],
    [plain('xhr.send(…)')],
  ]
  switch (prediction.outcome) {
    case 'exception':
      return [...call, [com('// throws '), err(prediction.ruling.result)]]
    case 'network-error':
      return [
        ...call,
        yields('the error event', str('fires')),
        yields('xhr.status', str('0')),
        yields('xhr.getAllResponseHeaders()', str('""')),
      ]
    case 'unanswered':
    case 'not modelled':
      return [...call, [com('// not known')]]
    default:
      return [
        ...call,
        yields('xhr.status', str(String(prediction.status ?? 0))),
        yields('xhr.getAllResponseHeaders()', str((prediction.headers ?? []).join(', ') || '""')),
        yields('xhr.responseText', str(bodyWords(prediction) === 'no body' ? '""' : 'the body, as sent')),
      ]
  }
}

const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`
