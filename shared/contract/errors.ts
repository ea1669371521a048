/** Everything that can go wrong in the lab itself, and the facts each mishap carries. Outcomes of the standard are not mishaps: a network error is a result. */
export interface Mishaps {
  'unknown-method': { name: string }
  'invalid-input': { issues: Record<string, string[]> }
  'port-in-use': {
    port: number
    /** A port that was free a moment ago. */
    free: number | null
    /** Who may have it: another server of the lab, the program that has it, or the program that usually does. */
    holder?: string | null
  }
  'port-not-permitted': { port: number; free: number | null }
  'port-out-of-range': { port: number }
  /** The lab's certificate authority could not be read or made. */
  'certificate-unusable': { file: string; reason: string }
  'no-such-server': { id: string }
  'file-unreadable': { file: string; reason: string }
  'file-unwritable': { file: string; reason: string }
  'recording-unwritable': { folder: string; reason: string }
  'not-a-scenario': { file: string; where: string; reason: string }
  /** Neither a workspace with servers nor a server. */
  'not-servers': { file: string; where: string; reason: string }
  /** A program that the user named, and that the lab cannot use as a browser. */
  'not-a-browser': { program: string; reason: string }
  /** None of the kind that was asked for. */
  'engine-missing': { engine: string; howToGet: string }
  /** null: none at all was found. */
  'no-such-browser': { id: string | null }
  /** Milliseconds that a scenario waits between its requests, and how many are borne with. */
  'proof-waits-too-long': { wait: number; longest: number }
  /** It could not be started, or did not tell what it did, not even when it was started anew. */
  'browser-failed': { browser: string; reason: string }
  /** The renderer has no host to talk to: the page was opened without one, or the connection was lost. */
  'no-host': Record<string, never>
  /** Anything not foreseen; its text stays in the host's log, for it may name files or secrets. */
  internal: Record<string, never>
}

export type MishapCode = keyof Mishaps

/** The only thing thrown on purpose, and the only error that crosses a transport. */
export class LabError<Code extends MishapCode = MishapCode> extends Error {
  readonly code: Code
  readonly details: Mishaps[Code]
  constructor(code: Code, details: Mishaps[Code]) {
    super(`${code} ${JSON.stringify(details)}`)
    this.name = 'LabError'
    this.code = code
    this.details = details
  }
  toJSON(): { code: Code; details: Mishaps[Code] } {
    return { code: this.code, details: this.details }
  }
}
