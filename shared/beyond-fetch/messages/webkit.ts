import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { allowOrigin, firstNameNotAllowed, isRedirect, lastAnswer, text } from './facts.ts'

/** As WebKit prints them: Source/WebCore/loader/CrossOriginAccessControl.cpp and Source/WebKit/NetworkProcess/NetworkLoadChecker.cpp */
export function webkitMessage(fetchParams: FetchParams, stopped: RecordedRuling | undefined): string | undefined {
  const unsafe = fetchParams.request.initiatorType === 'xmlhttprequest' ? fetchParams.droppedHeaders[0] : undefined
  if (unsafe !== undefined) return `Refused to set unsafe header "${unsafe}"`
  if (stopped === undefined) return undefined
  const { request } = fetchParams
  if (stopped.step === 'main-fetch/12' && stopped.result === 'not same origin') {
    return `Fetch API cannot load ${text(stopped.facts?.['url'])} due to access control checks.`
  }
  const reason = reasonOf(fetchParams, stopped)
  if (reason === undefined) return undefined
  const answer = lastAnswer(fetchParams)
  return answer?.kind === 'preflight' && !stopped.step.startsWith('cors-preflight-fetch/7')
    ? `Preflight response is not successful. Status code: ${answer.status}`
    : reason.replace('{origin}', request.origin.serialized)
}

function reasonOf(fetchParams: FetchParams, stopped: RecordedRuling): string | undefined {
  const answer = lastAnswer(fetchParams)
  if (answer === null) return undefined
  if (answer.kind === 'preflight' && isRedirect(answer)) return 'Preflight response is not successful.'
  switch (stopped.step) {
    case 'cors-check/2':
    case 'cors-check/4':
      return originReason(allowOrigin(answer.headerList), fetchParams, answer.status)
    case 'cors-check/8':
      return 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'
    case 'cors-preflight-fetch/8':
      return `Preflight response is not successful. Status code: ${answer.status}`
    case 'cors-preflight-fetch/7.5':
      return `Method ${text(stopped.facts?.['method'])} is not allowed by Access-Control-Allow-Methods.`
    case 'cors-preflight-fetch/7.6':
    case 'cors-preflight-fetch/7.7':
      return `Request header field ${firstNameNotAllowed(stopped, true)} is not allowed by Access-Control-Allow-Headers.`
    default:
      return undefined
  }
}

function originReason(value: string, { request }: FetchParams, status: number): string {
  if (value === '*') return 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'
  if (value.includes(',')) return 'Access-Control-Allow-Origin cannot contain more than one origin.'
  return `Origin ${request.origin.serialized} is not allowed by Access-Control-Allow-Origin. Status code: ${status}`
}
