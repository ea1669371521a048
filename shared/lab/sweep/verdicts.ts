import type { AnsweringServer } from '#shared/policy/respond'
import type { Sweep } from '#shared/scenario/sweep'
import type { Whereabouts } from '#shared/policy/server-at'
import { answersToEach } from '../answers-of-mock-servers.ts'
import { engineOrder } from '../engine-names.ts'
import { predict } from '../predict.ts'
import type { Observation } from '../observation.ts'
import type { Prediction, ProfileName } from '../prediction.ts'
import { stopPlace } from '../stop.ts'
import { columnsOf, scenarioOfCell } from './cells.ts'

/**
 * What an engine makes of a cell. `read`: the script reads, `read-preflighted`: after a preflight; `preflight` and `cors-check`: blocked there, at
 * the CORS check after the handler ran; `not-sent`: refused before anything was sent; `failed`: any other network error; `opaque`, `unknown`.
 */
export const cellVerdicts = ['read', 'read-preflighted', 'opaque', 'preflight', 'cors-check', 'not-sent', 'failed', 'unknown'] as const
export type CellVerdict = (typeof cellVerdicts)[number]

export function cellVerdictOf(prediction: Prediction): CellVerdict {
  switch (prediction.outcome) {
    case 'basic':
    case 'cors':
    case 'load':
      return prediction.exchanges.some(({ kind }) => kind === 'preflight') ? 'read-preflighted' : 'read'
    case 'opaque':
    case 'opaqueredirect':
      return 'opaque'
    case 'network-error':
    case 'exception': {
      const place = stopPlace(prediction)
      return place === 'preflight' || place === 'cors-check' ? place : place === 'before-sending' ? 'not-sent' : 'failed'
    }
    default:
      return 'unknown'
  }
}

export const isRead = (verdict: CellVerdict): boolean => verdict === 'read' || verdict === 'read-preflighted'

/** The verdict of each engine, in the order of `engineOrder`. */
export type CellVerdicts = readonly CellVerdict[]

/** A server as it is asked in a sweep: by one of its origins, with the port behind it. */
export interface SweptServer {
  readonly server: AnsweringServer & Partial<Whereabouts>
  readonly port: number
  /** `http://localhost:4001` */
  readonly origin: string
}

/** The verdicts of one row, column by column. */
export function predictRow(sweep: Sweep, swept: SweptServer, origin: string): CellVerdicts[] {
  const { server, port } = swept
  const answers = answersToEach([{ server, port }])
  return columnsOf(sweep).map((column) => {
    const scenario = scenarioOfCell(sweep, swept.origin, origin, column)
    return engineOrder.map((profile) => cellVerdictOf(predict(scenario, profile, answers())))
  })
}

/** What a cell comes to in the engines that are looked at: its class for the filters, and its few letters. */
export interface CellSummary {
  readonly kind: 'read' | 'blocked' | 'opaque' | 'unknown' | 'differs'
  /** `P` after a preflight, or blocked there; `C` blocked at the CORS check; `1/4` the engines in which the script reads. */
  readonly letters: string
}

const letters: Readonly<Record<CellVerdict, string>> = {
  read: '',
  'read-preflighted': 'P',
  opaque: '',
  preflight: 'P',
  'cors-check': 'C',
  'not-sent': 'N',
  failed: 'F',
  unknown: '',
}

/** @param verdicts of one engine, or of all. */
export function summaryOf(verdicts: CellVerdicts): CellSummary {
  const reading = verdicts.filter(isRead).length
  const said = [...new Set(verdicts.map((verdict) => letters[verdict]).filter(Boolean))].toSorted().join(' ')
  if (reading === verdicts.length) return { kind: 'read', letters: said }
  if (reading > 0) return { kind: 'differs', letters: `${reading}/${verdicts.length}` }
  if (verdicts.includes('unknown')) return { kind: 'unknown', letters: '' }
  return verdicts.every((verdict) => verdict === 'opaque') ? { kind: 'opaque', letters: '' } : { kind: 'blocked', letters: said }
}

export const verdictIn = (verdicts: CellVerdicts, profile: ProfileName): CellVerdict => verdicts[engineOrder.indexOf(profile)] ?? 'unknown'

/** What a browser did with a cell, in the same words. */
export function observedVerdictOf({ outcome, exchanges }: Pick<Observation, 'outcome' | 'exchanges'>): CellVerdict {
  const preflighted = exchanges.some(({ kind }) => kind === 'preflight')
  switch (outcome) {
    case 'basic':
    case 'cors':
    case 'load':
      return preflighted ? 'read-preflighted' : 'read'
    case 'opaque':
    case 'opaqueredirect':
      return 'opaque'
    default:
      if (exchanges.length === 0) return 'not-sent'
      return exchanges.at(-1)?.kind === 'preflight' ? 'preflight' : 'cors-check'
  }
}
