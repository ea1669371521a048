import type { DiagramRow } from './diagram-rows.ts'
import type { EngineCell } from './engine-cells.ts'
import { engineNames, engineOrder } from './engine-names.ts'
import type { ProfileName } from './prediction.ts'
import { plain } from './prose.ts'

export interface SpokenRow {
  readonly row: DiagramRow
  readonly cells: Readonly<Record<ProfileName, EngineCell>>
  readonly shown: ProfileName
  /** Whether the row is about what happened; else it is predicted. */
  readonly happened: boolean
  /** Milliseconds since the start of the run, as text; null where the row has no time. */
  readonly time: string | null
  /** `513 B`; null where nothing is counted. */
  readonly size: string | null
}

/** A row of the diagram as a sentence: `3.2 ms, preflight passes: no, x-api-key is not in …; Chromium blocked, Firefox blocked, predicted`. */
export function rowSentence({ row, cells, shown, happened, time, size }: SpokenRow): string {
  const what = [time === null ? null : `${time} ms`, ...whatOf(row), size].filter((part) => part !== null && part !== '').join(', ')
  return `${what}; ${enginesOf(cells, shown, happened)}`
}

function whatOf(row: DiagramRow): (string | null)[] {
  switch (row.kind) {
    case 'redirect':
      return [`redirected to ${row.url}`]
    case 'gate':
    case 'end':
      return [`${lowerFirst(row.question)}: ${row.answer}`, row.why && plain(row.why)]
    case 'message':
      return [
        `${row.direction === 'out' ? 'browser to server' : 'server to browser'}: ${`${row.head} ${row.tail}`.trim()}`,
        row.state === 'not-reached' ? (row.direction === 'out' ? 'never sent' : 'never came') : null,
        row.note && plain(row.note),
      ]
  }
}

function enginesOf(cells: SpokenRow['cells'], shown: ProfileName, happened: boolean): string {
  const say = (profile: ProfileName) => {
    const { word, note } = cells[profile]
    return `${engineNames[profile].name} ${note === null ? word : `${word}, ${plain(note)}`}`
  }
  const others = engineOrder.filter((profile) => profile !== shown)
  const rest = `${others.map(say).join(', ')}, predicted`
  return happened ? `${say(shown)}; ${rest}` : `${say(shown)}, ${rest}`
}

/** `CORS check` keeps its capitals. */
const lowerFirst = (text: string): string => (/^[A-Z][a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text)
