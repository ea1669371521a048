import type { SavedRequest } from '#shared/scenario/workspace'

type Lists = Pick<SavedRequest['request'], 'headers' | 'disabledHeaders'>

/** One line of the header table. A saved request keeps the lines that are off in a list of their own; here they have a place. */
export interface HeaderRow {
  key: number
  on: boolean
  name: string
  value: string
}

let lastKey = 0
export const newRow = (name = '', value = '', on = true): HeaderRow => ({ key: ++lastKey, on, name, value })

export const toRows = ({ headers, disabledHeaders }: Lists): HeaderRow[] => [
  ...headers.map(([name, value]) => newRow(name, value)),
  ...disabledHeaders.map(([name, value]) => newRow(name, value, false)),
]

/** A line without a name and a value is only a place to type. */
export function toLists(rows: readonly HeaderRow[]): Lists {
  const written = rows.filter(({ name, value }) => name !== '' || value !== '')
  const pairs = (on: boolean) => written.filter((row) => row.on === on).map(({ name, value }): [string, string] => [name, value])
  return { headers: pairs(true), disabledHeaders: pairs(false) }
}

/** Moves a row one place up (-1) or down (1); at the ends nothing happens. */
export function moveRow(rows: readonly HeaderRow[], index: number, by: 1 | -1): HeaderRow[] {
  const moved = [...rows]
  const [row, other] = [moved[index], moved[index + by]]
  if (row && other) [moved[index], moved[index + by]] = [other, row]
  return moved
}
