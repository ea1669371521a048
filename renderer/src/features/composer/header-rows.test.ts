import { describe, expect, it } from 'vitest'
import { moveRow, newRow, toLists, toRows } from './header-rows.ts'

describe('header rows', () => {
  it('hold the lines that are sent and those that are off, and give both back', () => {
    const lists = {
      headers: [
        ['A', '1'],
        ['a', '2'],
      ] as [string, string][],
      disabledHeaders: [['B', '3']] as [string, string][],
    }
    expect(toRows(lists).map(({ on, name, value }) => [on, name, value])).toEqual([
      [true, 'A', '1'],
      [true, 'a', '2'],
      [false, 'B', '3'],
    ])
    expect(toLists(toRows(lists))).toEqual(lists)
  })

  it('send nothing for an empty line, but what has a value and no name, for that is a mistake to see', () => {
    expect(toLists([newRow(), newRow('', 'x'), newRow('Y')]).headers).toEqual([
      ['', 'x'],
      ['Y', ''],
    ])
  })

  it('move by one place, and not beyond the ends', () => {
    const rows = [newRow('A'), newRow('B')]
    const names = (moved: typeof rows) => moved.map(({ name }) => name)
    expect(names(moveRow(rows, 0, 1))).toEqual(['B', 'A'])
    expect(names(moveRow(rows, 0, -1))).toEqual(['A', 'B'])
    expect(names(moveRow(rows, 1, 1))).toEqual(['A', 'B'])
  })
})
