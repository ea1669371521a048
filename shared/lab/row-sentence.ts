import type { DiagramRow } from './diagram-rows.ts'
import { engineNames, engineOrder } from './engine-names.ts'
import type { ShownCells, Standing } from './observed-cells.ts'
import type { ProfileName } from './prediction.ts'
import { lowerFirst, plain } from './prose.ts'

export interface SpokenRow {
  readonly row: DiagramRow
  readonly cells: ShownCells
  readonly shown: ProfileName
  /** Milliseconds since the start of the run, as text; null where the row has no time. */
  readonly time: string | null
  /** `513 B`; null where nothing is counted. */
  readonly size: string | null
}

/** A row of the diagram as a sentence: `3.2 ms, preflight passes: no, x-api-key is not in …; Chromium blocked, Firefox blocked, predicted`. */
export function rowSentence({ row, cells, shown, time, size }: SpokenRow): string {
  const what = [time === null ? null : `${time} ms`, ...whatOf(row, size)].filter((part) => part !== null && part !== '').join(', ')
  return `${what}; ${enginesOf(cells, shown)}`
}

/** In the order of the screen, so that whoever reads a row can say it. */
function whatOf(row: DiagramRow, size: string | null): (string | null)[] {
  switch (row.kind) {
    case 'redirect':
      return [`redirected to ${row.url}`]
    case 'gate':
    case 'end':
      return [`${lowerFirst(row.question)}: ${row.answer}`, row.why && plain(row.why)]
    case 'message':
      return [
        `${row.direction === 'out' ? 'browser to server' : 'server to browser'}: ${`${row.head} ${row.tail}`.trim()}`,
        row.state !== 'not-reached' ? size : row.direction === 'out' ? 'never sent' : null,
        row.note && plain(row.note),
        row.state === 'not-reached' && row.direction === 'back' ? 'never came' : null,
      ]
  }
}

/** By what they rest on: `Chromium blocked; Firefox blocked, WebKit blocked, predicted`. The engine shown comes first. */
function enginesOf(cells: ShownCells, shown: ProfileName): string {
  const say = (profile: ProfileName) => {
    const { word, note, disagrees } = cells[profile]
    return `${engineNames[profile].name} ${disagrees ? 'otherwise than predicted, ' : ''}${note === null ? word : `${word}, ${plain(note)}`}`
  }
  const order = [shown, ...engineOrder.filter((profile) => profile !== shown)]
  const groups = standings.map(({ standing, suffix }) => {
    const those = order.filter((profile) => cells[profile].standing === standing)
    return those.length === 0 ? null : `${those.map(say).join(', ')}${suffix}`
  })
  return groups.filter((group) => group !== null).join('; ')
}

const standings: readonly { standing: Standing; suffix: string }[] = [
  { standing: 'run', suffix: '' },
  { standing: 'observed', suffix: ', observed' },
  { standing: 'predicted', suffix: ', predicted' },
]

/** `CORS check` keeps its capitals. */
