import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { get } from '#shared/fetch/header-list'
import { answersOfServerSteps } from '#shared/lab/answers'
import type { ServedRequest } from '#shared/policy/respond'
import { statusMessages } from '#shared/policy/status-messages'
import type { ServerStep } from '#shared/scenario/scenario'
import { listenOnLoopback } from '#node/mock-server/loopback'
import { sniff } from '#node/mock-server/secure-socket'
import { serveConnection, type Answer } from '#node/mock-server/serve-connection'
import type { Address } from './connect.ts'

export interface ScenarioServer {
  /** Where every server of the scenario is to be found, whatever the names in its URLs. */
  readonly address: Address
  close(): Promise<void>
}

/**
 * Plays all the servers of a scenario on one loopback port, over TLS to whoever begins with it: each step's answer goes out as it is written, not
 * a header more.
 * @param context the certificate for the host that is asked at the moment.
 */
export async function startScenarioServer(steps: readonly ServerStep[], context: () => Promise<SecureContext>): Promise<ScenarioServer> {
  const serve = async (socket: Socket): Promise<void> => {
    const sniffed = await sniff(socket, context)
    if ('trouble' in sniffed) {
      socket.destroy()
      return
    }
    const scheme = sniffed.isSecure ? 'https' : 'http'
    await serveConnection(sniffed.socket, {
      answer: (request) => answerOfSteps(steps, `${scheme}://${get(request.headerList, 'Host') ?? ''}${request.target}`, request),
      onExchange: () => undefined,
    })
    socket.destroy()
  }
  const listener = await listenOnLoopback(0, (socket) => void serve(socket))
  return { address: { host: '127.0.0.1', port: listener.port }, close: () => listener.close() }
}

/** The answers are those of the prediction; HTTP has no body where it has none. */
export function answerOfSteps(
  steps: readonly ServerStep[],
  url: string,
  { method, headerList, body }: Omit<ServedRequest, 'target'>,
): Answer {
  const answer = answersOfServerSteps(steps)({ kind: 'request', method, url, headerList, body, includeCredentials: false })
  if (answer.type !== 'response') return 'drop'
  const mayHaveBody = method !== 'HEAD' && answer.status !== 204 && answer.status !== 304
  return {
    status: answer.status,
    statusMessage: statusMessages[answer.status] ?? '',
    headerList: answer.headerList,
    body: mayHaveBody ? (answer.body ?? '') : '',
  }
}
