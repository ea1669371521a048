import type { HTTPNetworkFetch, NetworkAnswer } from '#shared/fetch/steps'
import type { MockServer } from '#shared/policy/mock-server'
import { respond } from '#shared/policy/respond'
import { asSent } from './as-sent.ts'

/** A mock server and the port it listens on, or would listen on. */
export interface ServerAtPort {
  readonly server: Pick<MockServer, 'policy' | 'response'>
  readonly port: number
}

/** Where mock servers listen: on 127.0.0.1 and ::1, and so for every name that means them. */
const loopback = /^(?:localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/

/**
 * Answers as the mock servers would on the wire: by the very `respond` that they answer with, which leaves nothing for the wire to add.
 * What goes elsewhere, or over https, is unanswered.
 */
export function answersOfMockServers(servers: readonly ServerAtPort[]): (fetch: HTTPNetworkFetch) => NetworkAnswer {
  return (fetch) => {
    const url = new URL(fetch.url)
    const port = url.port === '' ? 80 : Number(url.port)
    const found = url.protocol === 'http:' && loopback.test(url.hostname) ? servers.find((each) => each.port === port) : undefined
    return found === undefined ? { type: 'unanswered' } : { type: 'response', ...respond(found.server, asSent(fetch)) }
  }
}
