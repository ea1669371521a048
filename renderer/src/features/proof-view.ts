import type { MishapText } from '#shared/contract/mishap-text'
import type { Browser } from '#shared/contract/browsers'
import type { Agreement } from '#shared/lab/compare'
import type { Observation } from '#shared/lab/observation'
import type { Seen } from '#shared/lab/observed-cells'
import type { ProfileName } from '#shared/lab/prediction'
import { waitText } from '../ui/wait-text.ts'

/** What has come of a proof in one browser so far. */
export interface BrowserProof {
  readonly browser: Browser
  status: 'waiting' | 'asking' | 'observed' | 'failed'
  observation: Observation | null
  /** null until it is observed. */
  agreement: Agreement | null
  /** Why it was not observed. */
  trouble: MishapText | null
  /** Milliseconds since 1970; null while it waits for its turn. */
  askedAt: number | null
  /** Milliseconds from asking to the answer. */
  took: number | null
}

/** A proof as the screen shows it: the same scenario in every browser at once. */
export interface ProofView {
  status: 'running' | 'finished'
  /** Milliseconds since 1970. */
  startedAt: number
  /** Milliseconds that each browser waits between the requests. */
  wait: number
  browsers: BrowserProof[]
}

/** All that an engine's column is about: its browsers on this machine. */
export const proofsOf = (proof: ProofView | null, profile: ProfileName): BrowserProof[] =>
  proof?.browsers.filter(({ browser }) => browser.engine === profile) ?? []

/** The one that an engine's column shows: what did otherwise before what is not known yet, what was observed before what failed. */
export function columnOf(proof: ProofView | null, profile: ProfileName): BrowserProof | null {
  const proofs = proofsOf(proof, profile)
  return (
    proofs.find(disagrees) ??
    proofs.find(({ status }) => status === 'asking' || status === 'waiting') ??
    proofs.find(({ status }) => status === 'observed') ??
    proofs[0] ??
    null
  )
}

export const disagrees = ({ agreement }: BrowserProof): boolean => agreement?.agrees === 'no'

/** What a column tells of by itself: where a browser did as predicted, the prediction says it all. */
export function seenIn(column: BrowserProof | null): Seen | null {
  if (column?.observation == null || column.agreement?.agrees === 'yes') return null
  return { observation: column.observation, difference: column.agreement?.agrees === 'no' ? column.agreement.difference : null }
}

export const isObserved = (column: BrowserProof | null): column is BrowserProof => column?.status === 'observed'

/** How many browsers have told, and how long the page waits in all, where it does: as few words as a cell of the strip has room for. */
export function progressOf({ browsers, wait }: ProofView): { told: string; waits: string | null } {
  const told = browsers.filter(({ status }) => status === 'observed' || status === 'failed').length
  return { told: `${told} of ${browsers.length}`, waits: wait > 0 ? `waits ${waitText(wait)}` : null }
}

/** `Firefox 153`, `WebKitGTK 2.50`: as people call it. */
export function browserName({ name, version }: Browser): string {
  const short = /^\d{2,}|^\d\.\d+/.exec(version ?? '')
  return short === null ? name : `${name} ${short[0]}`
}
