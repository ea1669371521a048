import type { HeaderList } from '#shared/fetch/header-list'
import { isMethod } from '#shared/fetch/methods'
import { readHeaderLines } from '../servers/header-lines.ts'
import { readPageOrigin } from '../shell/page-origin.ts'

/** What somebody wrote, a line each: what could be read, and what is wrong with the rest. */
export interface ReadLines<Item> {
  readonly items: Item[]
  readonly problems: readonly string[]
}

/** Origins, one a line, `null` among them. */
export function readOriginLines(text: string): ReadLines<string> {
  const problems: string[] = []
  const items = new Set<string>()
  for (const [line, typed] of linesOf(text)) {
    const read = typed === 'null' ? ({ ok: true, origin: 'null' } as const) : readPageOrigin(typed)
    if (read.ok) items.add(read.origin)
    else problems.push(`Line ${line}, ${typed}: ${read.problem}${read.correction === null ? '' : ` Write ${read.correction}.`}`)
  }
  return { items: [...items], problems }
}

/** Header sets, one a line, the headers of a set parted by semicolons: `X-Api-Key: 1; Save-Data: on`. */
export function readHeaderSetLines(text: string): ReadLines<HeaderList> {
  const problems: string[] = []
  const items: HeaderList[] = []
  for (const [line, typed] of linesOf(text)) {
    const read = readHeaderLines(typed.replaceAll(/\s*;\s*/g, '\n'))
    if (read.ok) items.push(read.headers)
    else problems.push(`Line ${line}, ${typed}: ${read.problem.replace(/^Line \d+:? /, '')}`)
  }
  return { items, problems }
}

export const writeHeaderSets = (sets: readonly HeaderList[]): string =>
  sets
    .filter((set) => set.length > 0)
    .map((set) => set.map(([name, value]) => `${name}: ${value}`).join('; '))
    .join('\n')

/** Those that are no methods by their spelling: https://fetch.spec.whatwg.org/#concept-method */
export const badMethods = (methods: readonly string[]): string[] => methods.filter((method) => !isMethod(method))

const linesOf = (text: string): [number, string][] =>
  text
    .split('\n')
    .map((line, at): [number, string] => [at + 1, line.trim()])
    .filter(([, line]) => line !== '')
