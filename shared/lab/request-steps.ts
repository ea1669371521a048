import { consoleMessage } from '#shared/beyond-fetch/messages/console-message'
import { emptyCookieJar } from '#shared/cookies/cookie-jar'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { CookieStore } from '#shared/fetch/cookie-store'
import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import type { CORSPreflightCache } from '#shared/fetch/cors-preflight-cache'
import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { byteLowercase } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { mainFetch } from '#shared/fetch/main-fetch'
import { isSameOrigin, opaqueOrigin, originOf } from '#shared/fetch/origin'
import { currentURL } from '#shared/fetch/request'
import type { Request } from '#shared/fetch/request'
import type { Client, Dropped } from '#shared/fetch/request-constructor'
import type { Response } from '#shared/fetch/response'
import type { API } from '#shared/fetch/scripted-request'
import type { FetchSteps } from '#shared/fetch/steps'
import { endingOfAPI } from '#shared/html/ending-of-api'
import { ParserAwaited } from '#shared/html/parser-awaited'
import { requestOfAPI } from '#shared/html/request-of-api'
import type { Page, Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import { predictedExchange } from './exchange.ts'
import type { Ending, Prediction } from './prediction.ts'
import { registrableDomain } from './registrable-domain.ts'
import { traced } from './trace.ts'

/** What a browser remembers from one request to the next. */
export interface BrowserState {
  readonly preflightCache: CORSPreflightCache
  readonly cookieStore: CookieStore
  /** Seconds since the first request. */
  readonly now: number
  /** When that was, in milliseconds since 1970. */
  readonly startedAt: number
}

export const freshState: BrowserState = { preflightCache: emptyPreflightCache, cookieStore: emptyCookieJar, now: 0, startedAt: 0 }

/** One request, and the state that it leaves behind. */
export interface Requested {
  readonly prediction: Prediction
  readonly state: BrowserState
}

/** One request of the scenario. */
export function* requestSteps(
  { id, page }: Scenario,
  scripted: ScenarioRequest,
  profile: BrowserProfile,
  state: BrowserState,
): FetchSteps<Requested> {
  const constructed = requestOfAPI(scripted, clientOf(page), profile.ways)
  if (!('request' in constructed)) {
    const { ruling: made, ...ending } =
      'exception' in constructed ? ({ outcome: 'exception', ruling: constructed.exception } as const) : constructed.ended
    const effect = ending.outcome === 'load' ? 'passed' : 'stopped'
    const ruling = traced({ ...made, effect, exchanges: 0 }, profile)
    return { prediction: { id, profile: profile.name, exchanges: [], ...ending, ruling, trace: [ruling] }, state }
  }

  const fetchParams = newFetchParams(constructed, page, profile, state)
  const prediction = yield* predictionSteps(id, scripted.api, fetchParams)
  return { prediction, state: { ...state, preflightCache: fetchParams.preflightCache, cookieStore: fetchParams.cookieStore } }
}

function clientOf(page: Page): Client {
  const origin = originOf(page.origin)
  const isWebPage = /^https?:/.test(origin.serialized)
  return {
    origin: page.sandboxed === true ? opaqueOrigin : origin,
    baseURL: isWebPage ? `${origin.serialized}/` : undefined,
    referrer: isWebPage ? `${origin.serialized}/` : null,
  }
}

function newFetchParams(
  { request, dropped }: { request: Request; dropped: Dropped },
  page: Page,
  profile: BrowserProfile,
  { preflightCache, cookieStore, now, startedAt }: BrowserState,
): FetchParams {
  return {
    request,
    profile,
    registrableDomain,
    trace: [],
    exchanges: [],
    preflightCache,
    cookieStore,
    pageOrigin: page.origin,
    now,
    startedAt,
    authorHeaderList: request.headerList,
    droppedHeaders: dropped,
    memory: {
      preflighted: false,
      originHeader: null,
      hadBody: request.body !== null,
      lateRefusal: null,
      credentialed:
        request.credentialsMode === 'include' ||
        (request.credentialsMode === 'same-origin' && isSameOrigin(request.origin, currentURL(request))),
      strippedHere: new Set(),
    },
  }
}

function* predictionSteps(id: string, api: API, fetchParams: FetchParams): FetchSteps<Prediction> {
  try {
    const response = yield* mainFetch(fetchParams)
    return predictionOf(id, fetchParams, endingOf(api, fetchParams, response))
  } catch (error) {
    if (!(error instanceof ParserAwaited)) throw error
    rule(fetchParams, 'stopped', { step: 'parse-script/2', result: 'parser awaited' })
    return predictionOf(id, fetchParams, { outcome: 'not modelled' })
  }
}

function predictionOf(id: string, fetchParams: FetchParams, ending: Ending): Prediction {
  const { profile } = fetchParams
  const trace = fetchParams.trace.map((ruling) => traced(ruling, profile))
  const passed = trace.findLast(({ effect }) => effect === 'passed')
  const ruling =
    (ending.outcome === 'sent' || ending.outcome === 'load' ? passed : undefined) ??
    trace.findLast(({ effect }) => effect === 'stopped') ??
    passed ??
    trace.at(-1)
  if (ruling === undefined) throw new Error('Main fetch always rules.')
  const stopped = fetchParams.trace.findLast(({ effect }) => effect === 'stopped')
  const console = consoleMessage(fetchParams, stopped)
  return {
    id,
    profile: profile.name,
    exchanges: fetchParams.exchanges.map(predictedExchange),
    ...ending,
    ruling,
    trace,
    ...(console === undefined ? {} : { console }),
  }
}

/** What comes of it for the page. */
function endingOf(api: API, fetchParams: FetchParams, response: Response): Ending {
  if (api !== 'fetch' && api !== 'xhr') return endingOfAPI(api, fetchParams, response)
  switch (response.type) {
    case 'error':
      return { outcome: response.reason }
    case 'default':
      throw new Error('Main fetch always filters.')
    case 'basic':
    case 'cors':
      return { outcome: api === 'xhr' ? 'load' : response.type, status: response.status, headers: namesRead(response.headerList) }
    default:
      return { outcome: response.type }
  }
}

const namesRead = (headerList: HeaderList): string[] => [...new Set(headerList.map(([name]) => byteLowercase(name)))].sort()
