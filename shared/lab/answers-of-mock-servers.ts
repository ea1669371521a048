import { httpsOnly } from '#shared/policy/refusal'
import { responder, type AnsweringServer, type Responder } from '#shared/policy/respond'
import { otherwiseAt, serverAt, type Whereabouts } from '#shared/policy/server-at'
import { cacheAfter, type SharedCache } from '#shared/policy/shared-cache'
import { unheard, type Answering } from './answers.ts'
import { asSent } from './as-sent.ts'

/** A mock server and the port it listens on, or would listen on. */
export interface ServerAtPort {
  readonly server: AnsweringServer & Partial<Whereabouts>
  readonly port: number
  /** What its shared cache holds, where the fault `no-vary-behind-a-cache` has put one before it: nothing, for a server that is yet to start. */
  readonly cache?: SharedCache
}

/**
 * Answers as the mock servers would on the wire: by the very `respond` that they answer with, which leaves nothing for the wire to add.
 * Unanswered is what goes elsewhere, and what a shared cache may answer of which nobody knows what it holds. Of a file, the bytes are not known.
 */
export const answersOfMockServers = (servers: readonly ServerAtPort[]): Answering => answering(servers, responderOf)

const responderOf = ({ server }: ServerAtPort): Responder => responder(server)

/** For many scenarios, each of which finds the servers as if nobody had asked them before: their definitions, which do not change, are read once. */
export function answersToEach(servers: readonly ServerAtPort[]): () => Answering {
  const responders = new Map<ServerAtPort, Responder>()
  const known = (found: ServerAtPort): Responder => {
    const before = responders.get(found) ?? responderOf(found)
    responders.set(found, before)
    return before
  }
  return () => answering(servers, known)
}

function answering(servers: readonly ServerAtPort[], responds: (found: ServerAtPort) => Responder): Answering {
  const caches = new Map<ServerAtPort, SharedCache>()
  return (fetch) => {
    const url = new URL(fetch.url)
    const found = serverAt(servers, url)
    if (found === undefined) {
      if (otherwiseAt(servers, url) === undefined) return { type: 'unanswered' }
      return url.protocol === 'https:' ? unheard(fetch.url) : { type: 'response', ...httpsOnly }
    }
    const cache = caches.get(found) ?? found.cache
    const response = responds(found)(asSent(fetch), cache === undefined ? {} : { cache })
    if (response.needsCache) return { type: 'unanswered' }
    if (cache !== undefined) caches.set(found, cacheAfter(cache, response))
    if (response.drop) return { type: 'network-error', reason: 'The server closed the connection without an answer.' }
    const { status, statusMessage, headerList, body, file } = response
    return { type: 'response', status, statusMessage, headerList, ...(file === undefined ? { body } : {}) }
  }
}
