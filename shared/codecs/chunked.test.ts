import { describe, expect, it } from 'vitest'
import { dechunk } from './chunked.ts'

describe('dechunk', () => {
  it('joins the chunks and leaves extensions and trailers out', () => {
    expect(dechunk('3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX: 1\r\n\r\n')).toEqual({ body: 'abc0123456789', ended: true, malformed: null })
  })

  it.each(['', '3', '3\r\n', '3\r\nabc', '3\r\nabc\r\n', '3\r\nabc\r\n0\r\n'])('has not ended after %j', (bytes) => {
    expect(dechunk(bytes)).toMatchObject({ ended: false, malformed: null })
  })

  it('gives what there is of a chunk that was cut', () => {
    expect(dechunk('5\r\nabc').body).toBe('abc')
  })

  it.each([
    ['x\r\n', 0],
    ['\r\nabc', 0],
    ['-1\r\nabc\r\n', 0],
    ['3\r\nabcd\r\n0\r\n\r\n', 6],
    ['3\r\nabc\r\nzz\r\n', 8],
  ])('says where %j is malformed', (bytes, offset) => {
    expect(dechunk(bytes).malformed).toMatchObject({ offset })
  })
})
