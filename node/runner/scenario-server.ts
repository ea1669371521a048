import { get } from '#shared/fetch/header-list'
import type { ServedRequest } from '#shared/policy/respond'
import { statusMessages } from '#shared/policy/status-messages'
import type { ServerStep } from '#shared/scenario/scenario'
import { listenOnLoopback } from '#node/mock-server/loopback'
import { serveConnection, type Answer } from '#node/mock-server/serve-connection'
import type { Address } from './connect.ts'

export interface ScenarioServer {
  /** Where every server of the scenario is to be found, whatever the names in its URLs. */
  readonly address: Address
  close(): Promise<void>
}

/** Plays all the servers of a scenario on one loopback port: each step's answer goes out as it is written, not a header more. */
export async function startScenarioServer(steps: readonly ServerStep[]): Promise<ScenarioServer> {
  const listener = await listenOnLoopback(0, (socket) => {
    void serveConnection(
      socket,
      (request) => answerOf(steps, request),
      () => undefined,
    )
  })
  return { address: { host: '127.0.0.1', port: listener.port }, close: () => listener.close() }
}

function answerOf(steps: readonly ServerStep[], request: ServedRequest): Answer {
  const { method, target, headerList } = request
  const url = `http://${get(headerList, 'Host') ?? ''}${target}`
  const step = steps.find((each) => withoutFragment(each.url) === url)
  const isPreflight = method === 'OPTIONS' && get(headerList, 'Access-Control-Request-Method') !== null
  const answer = isPreflight ? step?.preflight : step?.response
  // A URL that no step answers: status 500 and no headers.
  if (answer === undefined) return { status: 500, statusMessage: statusMessages[500] ?? '', headerList: [], body: '' }
  if ('drop' in answer) return 'drop'
  const mayHaveBody = method !== 'HEAD' && answer.status !== 204 && answer.status !== 304
  return {
    status: answer.status,
    statusMessage: statusMessages[answer.status] ?? '',
    headerList: answer.headers,
    body: mayHaveBody ? Buffer.from(answer.body ?? '').toString('latin1') : '',
  }
}

/** As it would be asked for; a URL that is none answers nothing. */
const withoutFragment = (url: string): string => (URL.canParse(url) ? new URL(url).href.replace(/#.*$/, '') : url)
