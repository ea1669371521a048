import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOfJSONError } from './json-place.ts'

describe('placeOfJSONError', () => {
  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['[1, 2,]', 1, 7],
    ['[1 2]', 1, 4],
    ['{"a" 1}', 1, 2],
    ["{'a': 1}", 1, 2],
    ['{"a": tru}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{"a": "b\n"}', 1, 7],
    ['{}\n{}', 2, 1],
    ['[[]', 1, 4],
    ['[}', 1, 2],
    ['<<<<<<< HEAD\n{}', 1, 1],
  ])('%j: line %i, column %i', (text, line, column) => {
    expect(placeOfJSONError(text)).toEqual({ line, column })
  })

  it('finds nothing in what JSON.stringify writes', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => placeOfJSONError(JSON.stringify(value, null, indent)) === null))
  })

  it('finds something wherever JSON.parse does, and nowhere else', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', 'true', ' ', '\n', '-', '"'), { maxLength: 9 })
    fc.assert(
      fc.property(pieces, (each) => (placeOfJSONError(each.join('')) === null) === isJSON(each.join(''))),
      { numRuns: 3000 },
    )
  })
})

function isJSON(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
