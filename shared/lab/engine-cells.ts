import { byteLowercase } from '#shared/fetch/header-list'
import type { DiagramRow, GateRow } from './diagram-rows.ts'
import type { PredictedExchange, Prediction, ProfileName } from './prediction.ts'
import { code, listed } from './prose.ts'
import { stopWords } from './stop-words.ts'

/** One engine's answer to one row of the diagram: a mark, and the word that goes with it. */
export interface EngineCell {
  readonly mark: 'preflight' | 'no-preflight' | 'allowed' | 'blocked' | 'opaque' | 'unknown' | 'same' | 'differs' | 'nothing'
  /** `blocked`, `the same`. */
  readonly word: string
  /** What it does otherwise than the column shown, or what it blames. */
  readonly note: string | null
}

export interface Engine {
  readonly prediction: Prediction
  readonly rows: readonly DiagramRow[]
}

const nothing: EngineCell = { mark: 'nothing', word: 'not reached', note: null }
const same: EngineCell = { mark: 'same', word: 'the same', note: null }

/** What an engine does where the column shown has `row`. */
function engineCell(row: DiagramRow, shown: Engine, engine: Engine): EngineCell {
  const own = engine.rows.find(({ id }) => id === row.id)
  if (own?.kind === 'gate') return gateCell(own, engine.prediction)
  if (own?.kind === 'end') return { mark: endMarks[own.state], word: own.state === 'unreadable' ? 'nothing' : own.state, note: null }
  if (own?.kind === 'redirect' && row.kind === 'redirect')
    return own.url === row.url ? same : { mark: 'differs', word: 'differs', note: `goes to ${code(own.url)}` }
  if (own?.kind !== 'message' || row.kind !== 'message' || own.exchange === null) return nothing
  const [ours, theirs] = [shown.prediction.exchanges[row.exchange ?? -1], engine.prediction.exchanges[own.exchange]]
  if (!theirs) return nothing
  if (!ours) return { mark: 'differs', word: 'differs', note: own.direction === 'out' ? 'sends it' : 'gets an answer' }
  const note = own.direction === 'out' ? otherRequest(ours, theirs) : otherAnswer(ours, theirs)
  return note === null ? same : { mark: 'differs', word: 'differs', note }
}

const endMarks = { readable: 'allowed', unreadable: 'blocked', opaque: 'opaque', unknown: 'unknown' } as const

function gateCell({ state }: GateRow, prediction: Prediction): EngineCell {
  switch (state) {
    case 'yes':
      return { mark: 'preflight', word: 'needed', note: null }
    case 'no':
      return { mark: 'no-preflight', word: 'not needed', note: null }
    case 'passed':
      return { mark: 'allowed', word: 'passes', note: null }
    case 'closed':
      return { mark: 'blocked', word: 'blocked', note: stopWords(prediction)?.blamed ?? null }
    case 'none':
      return { mark: 'nothing', word: 'no check', note: null }
    case 'not-reached':
      return nothing
    case 'unknown':
      return { mark: 'unknown', word: 'not known', note: null }
  }
}

/** Headers in which every browser differs from the others, without consequence here. */
const ownHeaders =
  /^(?:user-agent|accept|accept-(?:encoding|language)|connection|host|referer|te|priority|pragma|cache-control|dnt|content-length|sec-.*|upgrade-insecure-requests|access-control-request-headers|origin)$/

/** What another engine sends otherwise, in words; null where it is the same as far as a server cares. */
function otherRequest(ours: PredictedExchange, theirs: PredictedExchange): string | null {
  if (ours.method !== theirs.method || ours.url !== theirs.url) return `sends ${code(`${theirs.method} ${theirs.url}`)}`
  if ((ours.requestMethod ?? '') !== (theirs.requestMethod ?? '')) return `asks for ${code(theirs.requestMethod ?? '')}`
  const asked = compareNames(ours.requestHeaders ?? [], theirs.requestHeaders ?? [])
  if (asked) return [asked.more && `also asks for ${asked.more}`, asked.less && `does not ask for ${asked.less}`].filter(Boolean).join('; ')
  if (ours.origin !== theirs.origin)
    return theirs.origin === null ? `sends no ${code('Origin')}` : `sends ${code(`Origin: ${theirs.origin}`)}`
  const sent = compareNames(namesOf(ours), namesOf(theirs), (name) => !ownHeaders.test(name))
  if (sent) return [sent.more && `also sends ${sent.more}`, sent.less && `does not send ${sent.less}`].filter(Boolean).join('; ')
  if ((ours.body ?? '') !== (theirs.body ?? '')) return theirs.body ? 'sends another body' : 'sends no body'
  return null
}

const namesOf = ({ headerList }: PredictedExchange): string[] => headerList.map(([name]) => name)

/** In lower case, of those that count. */
function compareNames(
  ours: readonly string[],
  theirs: readonly string[],
  counts: (name: string) => boolean = () => true,
): { more: string; less: string } | null {
  // Mostly it is the same list, and this is asked at each letter that is typed.
  if (ours.length === theirs.length && ours.every((name, at) => name === theirs[at])) return null
  const [a, b] = [new Set(ours.map(byteLowercase)), new Set(theirs.map(byteLowercase))]
  const [more, less] = [[...b].filter((name) => !a.has(name) && counts(name)), [...a].filter((name) => !b.has(name) && counts(name))]
  return more.length + less.length === 0 ? null : { more: listed(more), less: listed(less) }
}

function otherAnswer({ answer: ours }: PredictedExchange, { answer: theirs }: PredictedExchange): string | null {
  if (ours.type !== theirs.type) return theirs.type === 'response' ? `gets ${theirs.status}` : 'gets no answer'
  return ours.type === 'response' && theirs.type === 'response' && ours.status !== theirs.status ? `gets ${theirs.status}` : null
}

/** One cell for each engine. */
export function engineCells(
  row: DiagramRow,
  shown: ProfileName,
  engines: Readonly<Record<ProfileName, Engine>>,
): Record<ProfileName, EngineCell> {
  const cell = (profile: ProfileName) => engineCell(row, engines[shown], engines[profile])
  return { standard: cell('standard'), chromium: cell('chromium'), firefox: cell('firefox'), webkit: cell('webkit') }
}
