import { consoleMessage } from '#shared/beyond-fetch/messages/console-message'
import { profiles } from '#shared/beyond-fetch/profiles/index'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import type { CORSPreflightCache } from '#shared/fetch/cors-preflight-cache'
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
import { drive } from '#shared/fetch/steps'
import type { FetchSteps } from '#shared/fetch/steps'
import { endingOfAPI } from '#shared/html/ending-of-api'
import { requestOfAPI } from '#shared/html/request-of-api'
import type { Page, Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import { answersOfServerSteps, neverAnswers } from './answers.ts'
import type { Answering } from './answers.ts'
import { predictedExchange } from './exchange.ts'
import { registrableDomain } from './registrable-domain.ts'
import type { Ending, Prediction, ProfileName } from './prediction.ts'
import { traced } from './trace.ts'

/** What a browser would do with the scenario; `answer` stands for the servers, and is the scenario's own steps unless given. */
export function predict(scenario: Scenario, profile: ProfileName, answer: Answering = defaultAnswers(scenario)): Prediction {
  return drive(scenarioSteps(scenario, profile), answer)
}

const defaultAnswers = ({ server }: Scenario): Answering => (server === undefined ? neverAnswers : answersOfServerSteps(server))

/** The same as steps that pause at every trip to the network. The CORS-preflight cache is empty at the start. */
export function* scenarioSteps(scenario: Scenario, profileName: ProfileName): FetchSteps<Prediction> {
  const { prediction } = yield* scenarioStepsWithCache(scenario, profiles[profileName], emptyPreflightCache, 0)
  return prediction
}

/**
 * The same with a CORS-preflight cache that earlier scenarios left behind.
 * @param now seconds, on the clock that the cache's entries were stored by
 */
export function* scenarioStepsWithCache(
  scenario: Scenario,
  profile: BrowserProfile,
  preflightCache: CORSPreflightCache,
  now: number,
): FetchSteps<{ prediction: Prediction; preflightCache: CORSPreflightCache }> {
  const first = yield* requestSteps(scenario, scenario.request, profile, preflightCache, now)
  if (scenario.then === undefined) return first
  const all = [first]
  let last = first
  let clock = now
  for (const { after = 0, ...request } of scenario.then) {
    clock += after / 1000
    last = yield* requestSteps(scenario, request, profile, last.preflightCache, clock)
    all.push(last)
  }
  return {
    prediction: together(
      all.map(({ prediction }) => prediction),
      last.prediction,
    ),
    preflightCache: last.preflightCache,
  }
}

/** The predictions of a scenario's requests as one. */
function together(all: readonly Prediction[], last: Prediction): Prediction {
  const console = all.find((each) => each.console !== undefined)?.console
  let sent = 0
  const trace = all.flatMap((each) => {
    const before = sent
    sent += each.exchanges.length
    return before === 0 ? each.trace : each.trace.map((ruling) => ({ ...ruling, exchanges: ruling.exchanges + before }))
  })
  const at = trace.length - last.trace.length + last.trace.indexOf(last.ruling)
  return {
    ...last,
    exchanges: all.flatMap(({ exchanges }) => exchanges),
    outcomes: all.map(endingIn),
    ...(console === undefined ? {} : { console }),
    ruling: trace[at] ?? last.ruling,
    trace,
  }
}

const endingIn = ({ outcome, status, headers, readable }: Prediction): Ending => ({
  outcome,
  ...(status === undefined ? {} : { status }),
  ...(headers === undefined ? {} : { headers }),
  ...(readable === undefined ? {} : { readable }),
})

/** One request of the scenario. */
function* requestSteps(
  scenario: Scenario,
  scripted: ScenarioRequest,
  profile: BrowserProfile,
  preflightCache: CORSPreflightCache,
  now: number,
): FetchSteps<{ prediction: Prediction; preflightCache: CORSPreflightCache }> {
  const constructed = requestOfAPI(scripted, clientOf(scenario.page), profile.ways)
  if (!('request' in constructed)) {
    const { ruling: made, ...ending } =
      'exception' in constructed ? ({ outcome: 'exception', ruling: constructed.exception } as const) : constructed.ended
    const effect = ending.outcome === 'load' ? 'passed' : 'stopped'
    const ruling = traced({ ...made, effect, exchanges: 0 }, profile)
    return { prediction: { id: scenario.id, profile: profile.name, exchanges: [], ...ending, ruling, trace: [ruling] }, preflightCache }
  }

  const fetchParams = newFetchParams(constructed, profile, preflightCache, now)
  const response = yield* mainFetch(fetchParams)
  return { prediction: predictionOf(scenario.id, scripted.api, fetchParams, response), preflightCache: fetchParams.preflightCache }
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
  profile: BrowserProfile,
  preflightCache: CORSPreflightCache,
  now: number,
): FetchParams {
  return {
    request,
    profile,
    registrableDomain,
    trace: [],
    exchanges: [],
    preflightCache,
    now,
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

function predictionOf(id: string, api: API, fetchParams: FetchParams, response: Response): Prediction {
  const { profile } = fetchParams
  const ending = endingOf(api, fetchParams, response)
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
