/** The rows of the exchange diagram, from top to bottom. Texts hold names between backticks. */
export type DiagramRow = RedirectRow | GateRow | MessageRow | EndRow

interface Row {
  /** The hop and the part of it, such as `0.preflight-passes`: the same row in every engine's diagram has the same id. */
  readonly id: string
}

/** A redirect led to another URL; what follows is about that one. */
interface RedirectRow extends Row {
  readonly kind: 'redirect'
  readonly url: string
}

export type GateName = 'may-be-sent' | 'needs-preflight' | 'preflight-passes' | 'cors-check' | 'may-be-followed' | 'may-be-read'

/**
 * `yes` and `no` only say which way it goes; `passed` and `closed` let it go on or stop it; `none`: there is no such check for this request;
 * `not-reached`: something before it stopped; `unknown`: it depends on an answer nobody has given.
 */
export type GateState = 'yes' | 'no' | 'passed' | 'closed' | 'none' | 'not-reached' | 'unknown'

export interface GateRow extends Row {
  readonly kind: 'gate'
  readonly gate: GateName
  readonly state: GateState
  readonly question: string
  readonly answer: string
  readonly why: string | null
  /** The exchange it looks at, or would have led to; null where none was sent. */
  readonly exchange: number | null
}

export interface MessageRow extends Row {
  readonly kind: 'message'
  readonly direction: 'out' | 'back'
  readonly isPreflight: boolean
  /** `lost`: the connection ended without it; `not-reached`: never sent; `unknown`: nobody has answered. */
  readonly state: 'sent' | 'lost' | 'not-reached' | 'unknown'
  /** The method or the status. */
  readonly head: string
  /** The path or the reason phrase. */
  readonly tail: string
  readonly note: string | null
  /** Its place among the exchanges; null where it was never sent. */
  readonly exchange: number | null
}

export interface EndRow extends Row {
  readonly kind: 'end'
  readonly state: 'readable' | 'unreadable' | 'opaque' | 'unknown'
  readonly question: string
  readonly answer: string
  readonly why: string | null
}
