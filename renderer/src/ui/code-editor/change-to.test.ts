import { describe, expect, it } from 'vitest'
import { changeTo } from './change-to.ts'

describe('the change from one text to another', () => {
  it.each([
    ['one two', 'one 2 two', { from: 4, to: 4, insert: '2 ' }],
    ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
    ['aa', 'aaa', { from: 2, to: 2, insert: 'a' }],
    ['', 'x', { from: 0, to: 0, insert: 'x' }],
    ['abc', 'xyz', { from: 0, to: 3, insert: 'xyz' }],
    ['same', 'same', null],
  ])('%j to %j', (before, after, change) => {
    expect(changeTo(before, after)).toEqual(change)
    if (change) expect(before.slice(0, change.from) + change.insert + before.slice(change.to)).toBe(after)
  })
})
