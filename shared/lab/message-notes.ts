import { byteLowercase, get } from '#shared/fetch/header-list'
import type { PredictedExchange } from './prediction.ts'
import { code, listed } from './prose.ts'
import { isRedirect } from './stop.ts'

/** What matters of a request: what the preflight asks for, or which headers tell the server who asks. */
export function requestNote(exchange: PredictedExchange, preflight: PredictedExchange | null): string | null {
  if (exchange.kind === 'preflight') {
    const names = exchange.requestHeaders ?? []
    return `asks for ${code(exchange.requestMethod ?? '')}${names.length > 0 ? `; ${code(names.join(','))}` : ', no header'}`
  }
  const asked = new Set((preflight?.requestHeaders ?? []).map(byteLowercase))
  const telling = exchange.headerList
    .map(([name]) => name)
    .filter(
      (name) =>
        ['cookie', 'authorization'].includes(byteLowercase(name)) ||
        (asked.has(byteLowercase(name)) && byteLowercase(name) !== 'content-type'),
    )
  const origin = exchange.origin === null ? [] : [exchange.origin === 'null' ? 'Origin: null' : 'Origin']
  const names = [...new Set([...origin, ...telling])]
  const body = exchange.body ? `${exchange.body.length} B of body` : null
  if (names.length === 0) return body === null ? `without ${code('Origin')}` : `without ${code('Origin')}, with ${body}`
  return `with ${body === null ? listed(names) : `${names.map(code).join(', ')} and ${body}`}`
}

/**
 * What matters of an answer: where it leads, and whom and what it allows.
 * @param isChecked whether a CORS check looks at it; else it does not matter whom it allows.
 */
export function answerNote({ kind, answer, origin }: PredictedExchange, isChecked: boolean): string | null {
  if (answer.type !== 'response') return null
  const allowed = get(answer.headerList, 'Access-Control-Allow-Origin')
  if (kind === 'preflight') {
    const lists = ['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers']
      .map((name) => get(answer.headerList, name))
      .filter((value) => value !== null)
    if (lists.length > 0) return `allows ${lists.map(code).join('; ')}`
  }
  const location = isRedirect(answer) ? get(answer.headerList, 'Location') : null
  if (location !== null) return `leads to ${code(location)}`
  return isChecked ? whoMayRead(allowed, origin, get(answer.headerList, 'Access-Control-Allow-Credentials')) : null
}

function whoMayRead(allowed: string | null, origin: string | null, credentials: string | null): string {
  if (allowed === null) return 'names no origin'
  const who = allowed === '*' ? 'names any origin, `*`' : allowed === origin ? 'names the page’s origin' : `names ${code(allowed)}`
  return credentials === 'true' ? `${who} and allows credentials` : who
}
