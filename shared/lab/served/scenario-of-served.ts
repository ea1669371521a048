import { isForbiddenRequestHeader } from '#shared/fetch/forbidden-request-header'
import { byteLowercase, get } from '#shared/fetch/header-list'
import type { Page, Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import type { ServedExchange } from './served-exchange.ts'

export interface MadeScenario {
  readonly scenario: Scenario
  /** `PUT /orders/17` */
  readonly name: string
  /** What the server could not know, or what a scenario cannot hold; whole sentences. */
  readonly losses: readonly string[]
}

/**
 * The request of a page that makes the server see this exchange again; of a preflight, the request that it asks for.
 * @param elsewhere the page where none can be told
 */
export function scenarioOfServed(exchange: ServedExchange, kind: 'preflight' | 'request', elsewhere: Page): MadeScenario {
  const { url, headerList, page, site } = exchange
  const isPreflight = kind === 'preflight'
  const method = (isPreflight ? get(headerList, 'Access-Control-Request-Method') : null) ?? exchange.method
  const { text, loss } = isPreflight ? { text: '', loss: null } : textOf(exchange.body)
  const headers = isPreflight ? askedFor(exchange) : byTheScript(exchange, text)
  const request: ScenarioRequest = {
    api: 'fetch',
    url,
    method,
    headers,
    ...(text === '' ? {} : { body: text }),
    ...(exchange.mode === 'no-cors' ? { mode: 'no-cors' } : {}),
    ...(exchange.isCredentialed ? { credentials: 'include' } : {}),
  }
  const { pathname, origin } = new URL(url)
  return {
    scenario: { id: 'served', page: page ?? (site === 'same-origin' ? { origin } : elsewhere), request },
    name: `${method} ${pathname}`,
    losses: [
      ...(isPreflight && headers.length > 0 ? ['A preflight does not say the headers’ values: they are made up.'] : []),
      ...(loss === null ? [] : [loss]),
    ],
  }
}

/** The names that a preflight asks for, each with a value for which it would. */
function askedFor({ headerList }: ServedExchange): [string, string][] {
  const names = (get(headerList, 'Access-Control-Request-Headers') ?? '').split(',').map((name) => name.trim())
  return names
    .filter((name) => name !== '')
    .map((name) => [name, byteLowercase(name) === 'content-type' ? 'application/json' : '"made up"'])
}

/** What browsers add by themselves to the headers of a script. */
const ofTheBrowser = new Set(['accept-language', 'priority', 'upgrade-insecure-requests', 'user-agent'])
const ofAnyText = 'text/plain;charset=UTF-8'

const byTheScript = ({ headerList }: ServedExchange, text: string): [string, string][] =>
  headerList
    .filter(([name, value]) => {
      const lower = byteLowercase(name)
      if (isForbiddenRequestHeader(name, value) || ofTheBrowser.has(lower)) return false
      return !(lower === 'accept' && value === '*/*') && !(lower === 'content-type' && value === ofAnyText && text !== '')
    })
    .map(([name, value]) => [name, value])

/** A script's string goes out as UTF-8: bytes that are none cannot be said. */
function textOf(body: string): { text: string; loss: string | null } {
  const bytes = Uint8Array.from(body, (byte) => byte.charCodeAt(0))
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), loss: null }
  } catch {
    return { text: '', loss: 'Its body is no text, and was left out.' }
  }
}
