import { expect, it } from 'vitest'
import { keepSame } from './keep-same.ts'

it('keeps the items that say the same, in their place, and takes the others', () => {
  const before = [{ a: 1 }, { a: 2 }, { a: 3 }]
  const now = [{ a: 1 }, { a: 9 }, { a: 3 }, { a: 4 }]
  const kept = keepSame(now, before)
  expect(kept).toEqual(now)
  expect(kept.map((item) => before.includes(item))).toEqual([true, false, true, false])
  expect(keepSame(now, undefined)).toEqual(now)
  expect(keepSame([{ a: 1 }, { a: 2 }, { a: 3 }], before)).toBe(before)
  expect(keepSame([{ a: 1 }, { a: 2 }], before)).toEqual([{ a: 1 }, { a: 2 }])
})
