import type { HeaderList } from '#shared/fetch/header-list'
import type { Scenario } from '#shared/scenario/scenario'
import type { Sweep, SweepCredentials } from '#shared/scenario/sweep'

/** What one column of a sweep asks; each row is an origin that asks it. */
export interface SweepColumn {
  readonly method: string
  readonly headers: HeaderList
  readonly credentials: SweepCredentials
}

/** The columns in their order: by credentials mode, then by header set, then by method. */
export const columnsOf = ({ methods, headerSets, credentials }: Pick<Sweep, 'methods' | 'headerSets' | 'credentials'>): SweepColumn[] =>
  credentials.flatMap((mode) => headerSets.flatMap((headers) => methods.map((method) => ({ method, headers, credentials: mode }))))

export const cellCount = (sweep: Sweep): number => sweep.origins.length * columnsOf(sweep).length

/**
 * The scenario of a cell.
 * @param serverOrigin where the server is asked: `http://localhost:4001`.
 */
export function scenarioOfCell(
  { path }: Pick<Sweep, 'path'>,
  serverOrigin: string,
  origin: string,
  { method, headers, credentials }: SweepColumn,
): Scenario {
  return {
    id: `${origin} ${method}`,
    // A sandboxed frame is of no origin; whose page it lies in plays no part for the request.
    page: origin === 'null' ? { origin: 'http://sandbox.example', sandboxed: true } : { origin },
    request: {
      api: 'fetch',
      url: serverOrigin + (path.startsWith('/') ? path : `/${path}`),
      method,
      headers: headers.map(([name, value]) => [name, value]),
      credentials,
    },
  }
}

/** `no extra header`, `with Save-Data: on`. */
export const headerSetText = (headers: HeaderList): string =>
  headers.length === 0 ? 'no extra header' : `with ${headers.map(([name, value]) => `${name}: ${value}`).join(', ')}`

/** `no credentials`, `same-origin credentials`, `with credentials`. */
export const credentialsText: Readonly<Record<SweepCredentials, string>> = {
  omit: 'no credentials',
  'same-origin': 'same-origin credentials',
  include: 'with credentials',
}
