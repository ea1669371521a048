import { describe, expect, it } from 'vitest'
import { fieldOfLine } from './policy-fields.ts'

describe('a line of the header text', () => {
  it.each([
    ['Access-Control-Allow-Headers: content-type', 'requestHeaders'],
    ['access-control-allow-origin: *', 'origins'],
    ['VARY: Origin', 'vary'],
    ['204 No Content', 'preflightStatus'],
    ['# preflight', null],
    ['X-Other: 1', null],
    ['', null],
  ])('%j is about the field %s', (line, field) => {
    expect(fieldOfLine(line)).toBe(field)
  })
})
