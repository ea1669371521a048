import { utf8Encode } from '#shared/fetch/byte-strings'
import { contains } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import { withoutTabsOrSpaces } from '#shared/fetch/tokens'
import type { HTTPNetworkFetch, NetworkAnswer } from '#shared/fetch/steps'
import type { Answer, Scenario, ServerStep } from '#shared/scenario/scenario'
import { serversOf } from './servers-of-scenario.ts'

export type Answering = (fetch: HTTPNetworkFetch) => NetworkAnswer

const unknownURL: NetworkAnswer = { type: 'response', status: 500, headerList: [], body: '' }
const dropped: NetworkAnswer = { type: 'network-error', reason: 'The server closed the connection without an answer.' }
/** TLS does not come about with a server that does not speak it, nor anything else with one that does not speak anything else. */
export const unheard = (url: string): NetworkAnswer => {
  const { origin, protocol } = new URL(url)
  return { type: 'network-error', isUnheard: true, reason: `No server speaks ${protocol.slice(0, -1)} at ${origin}.` }
}
const unanswered: NetworkAnswer = { type: 'unanswered' }

const neverAnswers: Answering = () => unanswered

/** What the servers of a scenario answer: its steps, where it has any, and else nobody knows. */
export function answersOfScenario(scenario: Scenario): Answering {
  const { server: steps } = scenario
  if (steps === undefined) return neverAnswers
  const hasServerAt = serversOf(scenario)
  const answers = answersOfServerSteps(steps)
  return (fetch) => (hasServerAt(new URL(fetch.url)) === false ? unheard(fetch.url) : answers(fetch))
}

/**
 * What the steps of a scenario answer: `preflight` to an OPTIONS request that carries `Access-Control-Request-Method`, `response` to everything
 * else. A URL that no step answers, with its query or without, gets status 500 and no headers.
 */
export function answersOfServerSteps(steps: readonly ServerStep[]): Answering {
  return (fetch) => {
    const step = stepAt(steps, fetch.url)
    const answer = isPreflight(fetch) ? step?.preflight : step?.response
    return answer === undefined ? unknownURL : networkAnswer(answer)
  }
}

function stepAt(steps: readonly ServerStep[], url: string): ServerStep | undefined {
  const step = steps.find((each) => each.url === url || serialized(each.url) === url)
  const query = url.indexOf('?')
  return step ?? (query === -1 ? undefined : stepAt(steps, url.slice(0, query)))
}

const isPreflight = (fetch: HTTPNetworkFetch): boolean =>
  fetch.method === 'OPTIONS' && contains(fetch.headerList, 'Access-Control-Request-Method')

/** A step's URL as written may lack a slash or carry a fragment. */
const serialized = (url: string): string | undefined => URL.parse(url)?.href.replace(/#.*$/, '')

const networkAnswer = (answer: Answer): NetworkAnswer =>
  'drop' in answer
    ? dropped
    : {
        type: 'response',
        status: answer.status,
        headerList: answer.headers.map(trimmed),
        body: utf8Encode(answer.body ?? ''),
      }

/** Whitespace around a value is not part of it: it is gone once the message has been parsed. */
const trimmed = (header: HeaderList[number]): HeaderList[number] => {
  const value = withoutTabsOrSpaces(header[1])
  return value === header[1] ? header : [header[0], value]
}

/** The recorded answers once more, in order; once they are used up, nobody answers. */
export function answersOfExchanges(exchanges: readonly { readonly answer: NetworkAnswer }[]): Answering {
  let next = 0
  return () => exchanges[next++]?.answer ?? unanswered
}
