import { describe, expect, it } from 'vitest'
import { readWait, waitText } from './wait-text.ts'

describe('a wait', () => {
  it.each([
    ['5 s', 5000],
    ['5s', 5000],
    ['1.5 s', 1500],
    ['500 ms', 500],
    ['500', 500],
    ['0', 0],
  ])('%s is read', (text, milliseconds) => {
    expect(readWait(text)).toBe(milliseconds)
  })

  it('without a unit is what the field says', () => expect(readWait('12', 's')).toBe(12_000))

  it('of a field of seconds is said in seconds', () =>
    expect([0, 500, 12_000].map((each) => waitText(each, 's'))).toEqual(['0 s', '0.5 s', '12 s']))

  it.each(['', 'soon', '-5 s', '5 min', '1,5 s', '.5 s'])('"%s" is none', (text) => {
    expect(readWait(text)).toBeNull()
  })

  it.each([0, 1, 999, 1000, 1500, 1234, 600_000])('of %i ms is read as it is written', (milliseconds) => {
    expect(readWait(waitText(milliseconds))).toBe(milliseconds)
  })
})
