import type { Header, HeaderList } from './header-list.ts'
import { byteLowercase } from './header-list.ts'

/** What the standard leaves to the user agent: the headers that a browser adds of its own, and the order in which it writes them. */
export interface WireHabits {
  /** null where it sends none. */
  readonly acceptLanguage: string | null
  /** To potentially trustworthy URLs, and to others. */
  readonly acceptEncoding: readonly [trustworthy: string, other: string]
  /** What else goes along with requests to potentially trustworthy URLs; never with a preflight. */
  readonly clientHints: HeaderList
  /** What goes along with every request and preflight. */
  readonly always: HeaderList
  /** A preflight says `Sec-Fetch-Mode` even where its URL is not potentially trustworthy. */
  readonly preflightAlwaysSaysMode: boolean
  /** Lower case, in the order of the wire; `*` stands for all names that are not in the list. Empty: as the steps append them. */
  readonly preflightOrder: HeaderOrder
  readonly requestOrder: HeaderOrder
}

export type HeaderOrder = ReadonlyMap<string, number>

export const headerOrder = (...names: string[]): HeaderOrder => new Map(names.map((name, at) => [name, at]))

/** The list in the browser's order; headers of one place stay in theirs. */
export function inOrder(headerList: readonly Header[], order: HeaderOrder): HeaderList {
  if (order.size === 0) return headerList
  const others = order.get('*') ?? order.size
  const placed = headerList.map((header) => ({ header, place: order.get(byteLowercase(header[0])) ?? others }))
  return placed.sort((a, b) => a.place - b.place).map(({ header }) => header)
}
