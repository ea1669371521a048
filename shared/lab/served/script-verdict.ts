import { profiles } from '#shared/beyond-fetch/profiles/index'
import { get, type HeaderList } from '#shared/fetch/header-list'
import { isCORSSafelistedMethod } from '#shared/fetch/methods'
import type { MixedContentWays } from '#shared/fetch/mixed-content'
import { drive, type HTTPNetworkFetch, type NetworkAnswer } from '#shared/fetch/steps'
import type { ScenarioRequest } from '#shared/scenario/scenario'
import type { Prediction, ProfileName } from '../prediction.ts'
import { freshState, requestSteps } from '../request-steps.ts'
import { verdictOf, type VerdictKind } from '../verdict.ts'
import type { ServedExchange } from './served-exchange.ts'

/** What a script would make of an answer, as far as the server's side of it tells. */
export interface ScriptVerdict {
  readonly kind: VerdictKind
  /** For a cell: `Blocked`. */
  readonly short: string
  /** The header or value that decides, or what else is to be said. */
  readonly cause: string
}

/** null where CORS has no say: no page asked, or one of the same origin, or for a document. */
export function scriptVerdict(exchange: ServedExchange, kind: 'preflight' | 'request', profile: ProfileName): ScriptVerdict | null {
  const { page, mode, site, url } = exchange
  if (mode === 'no-cors' && site !== 'same-origin') return exchange.answer === null ? noAnswer : opaque
  if (page === null || site === 'same-origin' || mode === 'navigate' || mode === 'websocket') return null
  if (page.sandboxed !== true && page.origin === new URL(url).origin) return null
  return kind === 'preflight' ? ofPreflight(exchange, profile) : ofRequest(exchange, profile)
}

const opaque: ScriptVerdict = { kind: 'opaque', short: 'Opaque', cause: 'the request’s mode is no-cors' }
const letThrough: MixedContentWays = { ofImage: () => 'allowed', ofOthers: () => 'allowed' }
const noAnswer: ScriptVerdict = { kind: 'network-error', short: 'Failed', cause: 'no answer' }

/** Whether the answer passes the CORS check. */
function ofRequest(exchange: ServedExchange, profile: ProfileName): ScriptVerdict | null {
  const { method, isCredentialed } = exchange
  const request: ScenarioRequest = {
    api: 'fetch',
    url: exchange.url,
    method,
    headers: [],
    redirect: 'manual',
    credentials: isCredentialed ? 'include' : 'same-origin',
  }
  const verdict = inShort(
    foretold(exchange, request, profile, (fetch) => (fetch.kind === 'preflight' ? allowing(fetch) : answerOf(exchange))),
  )
  // No browser sends that.
  if (verdict.kind === 'not-sent') return null
  // That a redirect is not followed is this question's doing, not the script's.
  const isRedirect = verdict.cause === 'redirect'
  return isRedirect ? { kind: 'unanswered', short: 'Redirected', cause: 'what is read is decided where it leads' } : verdict
}

/** Whether the preflight passes: the request that it asks for is one that the page could have made, with credentials or without. */
function ofPreflight(exchange: ServedExchange, profile: ProfileName): ScriptVerdict | null {
  const method = get(exchange.headerList, 'Access-Control-Request-Method') ?? ''
  const names = (get(exchange.headerList, 'Access-Control-Request-Headers') ?? '').split(',').filter((name) => name.trim() !== '')
  const request: ScenarioRequest = {
    // With nothing else to ask for, it was an upload that is listened to.
    ...(isCORSSafelistedMethod(method) && names.length === 0 ? { api: 'xhr', uploadListener: true, body: 'x' } : { api: 'fetch' }),
    url: exchange.url,
    method,
    // A quotation mark makes every value one that has to be asked for.
    headers: names.map((name): [string, string] => [name.trim(), '"']),
  }
  const answer = (fetch: HTTPNetworkFetch): NetworkAnswer => (fetch.kind === 'preflight' ? answerOf(exchange) : { type: 'unanswered' })
  const plain = foretold(exchange, { ...request, credentials: 'same-origin' }, profile, answer)
  const credentialed = foretold(exchange, { ...request, credentials: 'include' }, profile, answer)
  if (plain.exchanges[0]?.kind !== 'preflight') return null
  if (plain.outcome !== 'unanswered') return inShort(plain)
  const cause =
    credentialed.outcome === 'unanswered' ? 'the preflight passes' : `without credentials; with them: ${inShort(credentialed).cause}`
  return { kind: 'allowed', short: 'Allowed', cause }
}

function foretold(
  { page }: ServedExchange,
  request: ScenarioRequest,
  profile: ProfileName,
  answer: (fetch: HTTPNetworkFetch) => NetworkAnswer,
): Prediction {
  const scenario = { id: 'served', page: page ?? { origin: 'null', sandboxed: true }, request }
  // It was sent: mixed content or not is no question any more.
  const sent = { ...profiles[profile], mixedContent: letThrough }
  return drive(requestSteps(scenario, request, sent, freshState), answer).prediction
}

function inShort(prediction: Prediction): ScriptVerdict {
  const { kind, short, cause } = verdictOf(prediction)
  return { kind, short, cause }
}

const answerOf = ({ answer }: ServedExchange): NetworkAnswer =>
  answer === null ? { type: 'network-error', reason: 'The connection was closed without an answer.' } : { type: 'response', ...answer }

/** Passes: what is asked about is the answer after it. */
function allowing({ headerList }: HTTPNetworkFetch): NetworkAnswer {
  const echoed: HeaderList = [
    ['Access-Control-Allow-Origin', get(headerList, 'Origin') ?? ''],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', get(headerList, 'Access-Control-Request-Method') ?? ''],
  ]
  return { type: 'response', status: 204, headerList: echoed }
}
