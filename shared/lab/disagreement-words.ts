import type { Disagreement } from './compare.ts'
import type { ObservedExchange } from './observation.ts'
import { code, upperFirst } from './prose.ts'

/** What each field of a disagreement is called. */
const fieldWords: Readonly<Record<string, string>> = {
  exchange: 'the request itself',
  kind: 'what it is',
  method: 'method',
  url: 'URL',
  origin: code('Origin'),
  requestMethod: code('Access-Control-Request-Method'),
  requestHeaders: code('Access-Control-Request-Headers'),
  cookies: 'cookies sent',
  outcome: 'what the script gets',
  status: 'the status that the script reads',
  headers: 'the headers that the script reads',
  readable: 'whether the page reaches the document',
  console: 'the console’s first message',
}

/** Where the first difference lies: `Request 2, \`Origin\``. Exchanges are counted from 1, as people do. */
export function differencePlace({ exchange, request, field }: Disagreement, observed: readonly ObservedExchange[]): string {
  const what = fieldWords[field] ?? field
  if (exchange === null) return request === undefined ? upperFirst(what) : `Request ${request + 1}, ${what}`
  const kind = observed[exchange]?.kind === 'preflight' ? 'a preflight' : 'a request'
  return `Exchange ${exchange + 1}, ${observed[exchange] === undefined ? '' : `${kind}, `}${what}`
}

/** A side of it; a side that says nothing says so. */
export const differenceValue = (value: string | null): string => (value === null ? 'nothing' : value === '' ? 'empty' : code(value))
