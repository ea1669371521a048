import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { algorithms } from '#shared/fetch/standard'

/** A step's number, `7.4.1`, as its parts. */
type Step = readonly number[]

interface Numbered {
  readonly line: number
  readonly first: Step
  /** The last of a range such as `7.12-15`. */
  readonly last: Step
}

const folder = new URL('../../shared/fetch/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

const parts = (number: string): number[] => number.split('.').map(Number)

/** The numbers that a comment such as `// 7.12-13. For each …` gives, with what stands before them, such as `send(): `. */
function numberedComment(text: string, line: number): (Numbered & { prefix: string }) | null {
  const match = /^\s*\/\/ (\w+\(\): )?(\d+(?:\.\d+)*)(?:-(\d+(?:\.\d+)*))?\. /.exec(text)
  if (match?.[2] === undefined) return null
  const first = parts(match[2])
  const end = match[3] === undefined ? null : parts(match[3])
  // In `7.12-15` the end shares what it does not repeat.
  const last = end === null ? first : end.length < first.length ? [...first.slice(0, -end.length), ...end] : end
  return { line, first, last, prefix: match[1] ?? '' }
}

/** After 7.4 comes 7.4 again (another case of it), 7.4.1, 7.5 or 8, and the first of what is inside those. */
function follows(before: Step, after: Step): boolean {
  if (after.join() === before.join()) return true
  const candidates = [[...before, 1], ...before.map((number, depth) => [...before.slice(0, depth), number + 1])]
  return candidates.some(
    (candidate) => after.slice(0, candidate.length).join() === candidate.join() && after.slice(candidate.length).every((n) => n === 1),
  )
}

interface Section {
  readonly name: string
  readonly lines: readonly { text: string; line: number }[]
  /** Anchors of the standard linked above and inside. */
  readonly anchors: readonly string[]
}

/** Every top-level function or constant with the comment above it. */
function sectionsOf(file: string): Section[] {
  const sections: { name: string; lines: { text: string; line: number }[]; anchors: string[] }[] = []
  let comment: string[] = []
  readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .forEach((text, index) => {
      if (/^(\/\*\*| \*)/.test(text)) comment.push(text)
      const name = /^(?:export )?(?:async )?(?:function\*? |const )(\w+)/.exec(text)?.[1]
      if (name !== undefined) {
        const anchors = comment.flatMap((line) => [...line.matchAll(/\/#([\w()*-]+)/g)].map((match) => match[1] ?? ''))
        sections.push({ name, lines: [], anchors })
        comment = []
      }
      sections.at(-1)?.lines.push({ text, line: index + 1 })
    })
  return sections
}

describe.each(files)('the steps in shared/fetch/%s', (file) => {
  const sections = sectionsOf(file)

  it('are numbered so that each follows the one before', () => {
    const slips = sections.flatMap(({ name, lines }) => {
      let before: (Numbered & { prefix: string }) | null = null
      return lines.flatMap(({ text, line }) => {
        const numbered = numberedComment(text, line)
        if (numbered === null) return []
        const slip = before !== null && before.prefix === numbered.prefix && !follows(before.last, numbered.first)
        const said = `${name}, line ${line}: ${numbered.first.join('.')} after ${before?.last.join('.') ?? ''}`
        before = numbered
        return slip ? [said] : []
      })
    })
    expect(slips).toEqual([])
  })

  it('rule under their own numbers', () => {
    const slips = sections.flatMap(({ name, lines }) => {
      let above: Numbered | null = null
      return lines.flatMap(({ text, line }) => {
        above = numberedComment(text, line) ?? above
        return [...text.matchAll(/'([\w-]+)\/(\d[\d.]*)'/g)].flatMap(([, algorithm = '', number = '']) => {
          if (!(algorithm in algorithms)) return [`${name}, line ${line}: no algorithm is called ${algorithm}`]
          const isUnder = above !== null && number === above.first.join('.')
          // A ruling on a whole step may stand under a part of it: 6.3 under 6.3.1.
          const isAround = above !== null && above.first.join('.').startsWith(`${number}.`)
          return isUnder || isAround ? [] : [`${name}, line ${line}: ${algorithm}/${number} under ${above?.first.join('.') ?? 'no number'}`]
        })
      })
    })
    expect(slips).toEqual([])
  })
})

it('finds a number that is left out', () => {
  expect(follows([7, 4], [7, 4, 1])).toBe(true)
  expect(follows([7, 4], [7, 5])).toBe(true)
  expect(follows([7, 4], [8])).toBe(true)
  expect(follows([3], [4, 1])).toBe(true)
  expect(follows([7, 4], [7, 6])).toBe(false)
  expect(follows([7, 4], [9])).toBe(false)
  expect(follows([7, 4], [7, 3])).toBe(false)
})
