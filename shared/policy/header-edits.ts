import { byteCaseInsensitiveMatch, type Header, type HeaderList } from '#shared/fetch/header-list'
import type { HeaderEdit } from './policy.ts'

/** The policy's lines after what was added, removed and doubled by hand; the edits are carried out in their order. */
export function withHeaderEdits(lines: HeaderList, edits: readonly HeaderEdit[], on: HeaderEdit['on']): HeaderList {
  if (edits.length === 0) return lines
  const rows = lines.map((line) => ({ line, own: true, removed: false }))
  const ownRow = (name: string) => rows.find((row) => row.own && byteCaseInsensitiveMatch(row.line[0], name))
  const insert = (line: Header, before: string | undefined) => {
    const anchor = before === undefined ? undefined : ownRow(before)
    rows.splice(anchor === undefined ? rows.length : rows.indexOf(anchor), 0, { line, own: false, removed: false })
  }
  for (const edit of edits) {
    if (edit.on !== on) continue
    if (edit.edit === 'extra') {
      insert([edit.name, edit.value], edit.before)
      continue
    }
    const row = ownRow(edit.name)
    if (row === undefined) continue
    if (edit.edit === 'removed') row.removed = true
    else insert(row.line, edit.before)
  }
  return rows.filter(({ removed }) => !removed).map(({ line }) => line)
}

/**
 * The edits that make these lines of those. A line that is in both, in the same order, stays the policy's own; one that moved is the policy's
 * all the same, removed in one place and doubled in another.
 */
export function headerEditsBetween(own: HeaderList, wanted: HeaderList, on: HeaderEdit['on']): HeaderEdit[] {
  const kept = longestCommonSubsequence(own, wanted)
  const edits: HeaderEdit[] = own.flatMap(([name], index) => (kept.some(([a]) => a === index) ? [] : [{ edit: 'removed', on, name }]))
  for (const [index, [name, value]] of wanted.entries()) {
    if (kept.some(([, b]) => b === index)) continue
    const next = kept.find(([, b]) => b > index)
    const before = next === undefined ? {} : { before: own[next[0]]?.[0] ?? '' }
    const copies = own.some((line) => line[0] === name && line[1] === value)
    edits.push(copies ? { edit: 'doubled', on, name, ...before } : { edit: 'extra', on, name, value, ...before })
  }
  return edits
}

/** Pairs of places. Heads are short, so a table of their lengths' product is no matter. */
function longestCommonSubsequence(a: HeaderList, b: HeaderList): [number, number][] {
  const same = (i: number, j: number) => a[i]?.[0] === b[j]?.[0] && a[i]?.[1] === b[j]?.[1]
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row) row[j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (same(i, j)) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
