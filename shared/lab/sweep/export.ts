import type { Sweep } from '#shared/scenario/sweep'
import { engineNames, engineOrder } from '../engine-names.ts'
import { columnsOf } from './cells.ts'
import type { CellVerdict, CellVerdicts } from './verdicts.ts'
import type { ProfileName } from '../prediction.ts'

/** What really came of a cell; null where it was not asked. */
export type HappenedAt = (row: number, column: number, profile: ProfileName) => CellVerdict | null

const nothingHappened: HappenedAt = () => null

/** One cell a row, for spreadsheets: https://www.rfc-editor.org/rfc/rfc4180; for each engine what was predicted, then what happened. */
export function sweepAsCSV(sweep: Sweep, rows: readonly (readonly CellVerdicts[])[], happenedAt = nothingHappened): string {
  const engines = engineOrder.map((profile) => engineNames[profile].exactly)
  const head = ['origin', 'method', 'headers', 'credentials', ...engines, ...engines.map((engine) => `${engine}, happened`)]
  return [
    head,
    ...records(sweep, rows, happenedAt).map(({ origin, method, headers, credentials, predicted, happened }) => [
      origin,
      method,
      headers.map((header) => header.join(': ')).join('; '),
      credentials,
      ...engineOrder.map((profile) => predicted[profile] ?? ''),
      ...engineOrder.map((profile) => happened[profile] ?? ''),
    ]),
  ]
    .map((fields) => fields.map(field).join(','))
    .join('\r\n')
    .concat('\r\n')
}

export const sweepAsJSON = (sweep: Sweep, rows: readonly (readonly CellVerdicts[])[], happenedAt = nothingHappened): string =>
  `${JSON.stringify({ sweep, engines: engineNames, cells: records(sweep, rows, happenedAt) }, null, 2)}\n`

type ByEngine = Partial<Record<ProfileName, CellVerdict>>

function records(sweep: Sweep, rows: readonly (readonly CellVerdicts[])[], happenedAt: HappenedAt) {
  const columns = columnsOf(sweep)
  return rows.flatMap((row, at) =>
    row.map((verdicts, index) => ({
      origin: sweep.origins[at] ?? '',
      method: columns[index]?.method ?? '',
      headers: columns[index]?.headers ?? [],
      credentials: columns[index]?.credentials ?? '',
      predicted: Object.fromEntries(engineOrder.map((profile, engine) => [profile, verdicts[engine]])),
      happened: Object.fromEntries(
        engineOrder.map((profile) => [profile, happenedAt(at, index, profile)]).filter(([, verdict]) => verdict !== null),
      ) as ByEngine,
    })),
  )
}

/** A leading `=`, `+`, `-` or `@` would be a formula to a spreadsheet, and origins, methods and headers are whatever somebody typed. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
