import type { HeaderList } from './header-list.ts'

/** One trip to the network, as the standard's HTTP-network fetch is asked for it: everything that goes on the wire, and nothing that does not. */
export interface HTTPNetworkFetch {
  /** A CORS-preflight request, or the request itself. */
  readonly kind: 'preflight' | 'request'
  readonly method: string
  /** Serialized, without fragment. */
  readonly url: string
  /** Every header the browser would send, in its order; values latin-1. `Host`, `Connection` and `Content-Length` are the transport's. */
  readonly headerList: HeaderList
  /** The body's bytes as a latin-1 string; null for none. */
  readonly body: string | null
  /** Whether cookies, authentication entries and TLS client certificates may go along. */
  readonly includeCredentials: boolean
}

/** What came back over the network. */
export type NetworkAnswer =
  | {
      readonly type: 'response'
      readonly status: number
      readonly statusMessage?: string
      readonly headerList: HeaderList
      readonly body?: string
    }
  /**
   * The connection failed, was closed without an answer, timed out …; `reason` in plain words. `isUnheard` where there was no connection in which
   * the request could have been sent: no server has seen it.
   */
  | { readonly type: 'network-error'; readonly reason: string; readonly isUnheard?: true }
  /** Nobody has answered yet, so what follows is not known: a prediction without a mock server for this URL. */
  | { readonly type: 'unanswered' }

/** Steps that pause wherever the standard runs HTTP-network fetch; whoever drives them supplies the answer. */
export type FetchSteps<T> = Generator<HTTPNetworkFetch, T, NetworkAnswer>

export function drive<T>(steps: FetchSteps<T>, answer: (fetch: HTTPNetworkFetch) => NetworkAnswer): T {
  let state = steps.next()
  while (!state.done) state = steps.next(answer(state.value))
  return state.value
}

/** The same as `drive`, with an await before each answer. */
export async function driveAsync<T>(steps: FetchSteps<T>, answer: (fetch: HTTPNetworkFetch) => Promise<NetworkAnswer>): Promise<T> {
  let state = steps.next()
  while (!state.done) state = steps.next(await answer(state.value))
  return state.value
}
