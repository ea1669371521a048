import { describe, expect, it } from 'vitest'
import { readHeaderLines, writeHeaderLines } from './header-lines.ts'

describe('header lines', () => {
  it('keep order, letter case and repetition', () => {
    const headers: [string, string][] = [
      ['Set-Cookie', 'a=1'],
      ['set-cookie', 'b=2; Path=/'],
      ['X-Time', '12:30'],
    ]
    expect(readHeaderLines(writeHeaderLines(headers))).toEqual({ ok: true, headers })
  })

  it.each([
    ['A: 1\nno colon', /Line 2 has no colon/],
    ['A B: 1', /"A B" is not a header name/],
    [': 1', /not a header name/],
    ['A: 1\n\nB: caf\u00e9 \u4e2d', /Line 3/],
  ])('say which line is broken: %j', (text, problem) => {
    expect(readHeaderLines(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) as string })
  })
})
