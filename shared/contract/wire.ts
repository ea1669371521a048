/** The bytes of one message as they crossed the socket. */
export interface WireMessage {
  /** base64; at most `wireLimit` bytes, the rest is counted only. */
  readonly bytes: string
  /** How many bytes there were in all. */
  readonly size: number
}

/** Bytes of one message kept for display and for the log. */
export const wireLimit = 1024 * 1024

/** One request and its answer, as bytes. Milliseconds; `startedAt` since 1970, the others since `startedAt`. */
export interface WireExchange {
  readonly id: string
  readonly startedAt: number
  readonly request: WireMessage
  /** null where not a byte came back. */
  readonly response: WireMessage | null
  /** First byte of the answer. */
  readonly answeredAfter: number | null
  readonly endedAfter: number
  /** Why the exchange did not end well, in plain words; absent where it did. */
  readonly trouble?: string
}

/** An exchange as a mock server saw it. */
export interface ServerExchange extends WireExchange {
  readonly serverId: string
  readonly kind: 'preflight' | 'request'
  readonly method: string
  /** Path and query, as on the request line. */
  readonly target: string
  readonly origin: string | null
  /** null where none was sent. */
  readonly status: number | null
  /** The route that answered, as `GET /items/:id`; null where none matched. */
  readonly route?: string | null
  /** Whether the server's own code would have run: not for a preflight, nor where a fault or the policy refused the request before it. */
  readonly handled?: boolean
}

/** An exchange as the runner saw it; the n-th of a run belongs to the n-th exchange of its prediction. */
export interface RunExchange extends WireExchange {
  readonly kind: 'preflight' | 'request'
  readonly method: string
  readonly url: string
}
