import type { Header, HeaderList } from './header-list.ts'
import { byteLowercase } from './header-list.ts'
import type { Destination, InitiatorType } from './request.ts'

/** What the standard leaves to the user agent: the headers that a browser adds of its own, and the order in which it writes them. */
export interface WireHabits {
  /** The `Accept` header by destination; the wildcard for all others. */
  readonly accept: Readonly<Partial<Record<Destination, string>>>
  /** null where it sends none. */
  readonly acceptLanguage: string | null
  /** To potentially trustworthy URLs, and to others. */
  readonly acceptEncoding: readonly [trustworthy: string, other: string]
  /** What else goes along with requests to potentially trustworthy URLs; never with a preflight. */
  readonly clientHints: HeaderList
  /** What goes along with every request and preflight … */
  readonly always: HeaderList
  /** … and what goes along in its place with a request of this initiator type. */
  readonly ofInitiator: Readonly<Partial<Record<InitiatorType, HeaderList>>>
  /** A preflight says `Sec-Fetch-Mode` even where its URL is not potentially trustworthy. */
  readonly preflightAlwaysSaysMode: boolean
  /** Lower case, in the order of the wire; `*` stands for all names that are not in the list. Empty: as the steps append them. */
  readonly preflightOrder: HeaderOrder
  readonly requestOrder: HeaderOrder
}

/** https://fetch.spec.whatwg.org/#http-accept, as fetching appends it where a browser has no wish of its own. */
export const standardAccept: WireHabits['accept'] = {
  iframe: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  image: 'image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5',
  style: 'text/css,*/*;q=0.1',
}

export type HeaderOrder = ReadonlyMap<string, number>

/** @param names `*` among them */
export const headerOrder = (...names: string[]): HeaderOrder =>
  // As browsers spell them, too: most lookups then need no lower-casing.
  new Map(names.flatMap((name, at) => [[name, at] as const, [titleCase(name), at] as const]))

const titleCase = (name: string): string => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())

/** The list in the browser's order; headers of one place stay in theirs. */
export function inOrder(headerList: readonly Header[], order: HeaderOrder): HeaderList {
  if (order.size === 0) return headerList
  const others = order.get('*') ?? order.size
  const sorted: Header[] = []
  const places: number[] = []
  // By insertion: there are a dozen, and this is on the path of every keystroke.
  for (const header of headerList) {
    const place = order.get(header[0]) ?? order.get(byteLowercase(header[0])) ?? others
    let at = sorted.length
    while (at > 0 && (places[at - 1] ?? 0) > place) at--
    sorted.splice(at, 0, header)
    places.splice(at, 0, place)
  }
  return sorted
}
