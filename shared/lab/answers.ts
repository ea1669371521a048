import { contains } from '#shared/fetch/header-list'
import type { HeaderList } from '#shared/fetch/header-list'
import type { HTTPNetworkFetch, NetworkAnswer } from '#shared/fetch/steps'
import { utf8 } from '#shared/policy/framed'
import type { Answer, ServerStep } from '#shared/scenario/scenario'

export type Answering = (fetch: HTTPNetworkFetch) => NetworkAnswer

const unknownURL: NetworkAnswer = { type: 'response', status: 500, headerList: [], body: '' }
const dropped: NetworkAnswer = { type: 'network-error', reason: 'The server closed the connection without an answer.' }
const unanswered: NetworkAnswer = { type: 'unanswered' }

export const neverAnswers: Answering = () => unanswered

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
        body: utf8(answer.body ?? ''),
      }

/** Whitespace around a value is not part of it: it is gone once the message has been parsed. */
const trimmed = (header: HeaderList[number]): HeaderList[number] => {
  const value = header[1].replace(/^[\t ]+|[\t ]+$/g, '')
  return value === header[1] ? header : [header[0], value]
}

/** The recorded answers once more, in order; once they are used up, nobody answers. */
export function answersOfExchanges(exchanges: readonly { readonly answer: NetworkAnswer }[]): Answering {
  let next = 0
  return () => exchanges[next++]?.answer ?? unanswered
}
