import { describe, expect, it } from 'vitest'
import { badMethods, readHeaderSetLines, readOriginLines, writeHeaderSets } from './axes-text.ts'

describe('origins, one a line', () => {
  it('are read without empty lines and repetitions', () =>
    expect(readOriginLines('https://a.example\n\n null \nhttps://a.example\n')).toEqual({
      items: ['https://a.example', 'null'],
      problems: [],
    }))

  it('that are none are named with their line and what was meant, and keep back no other', () => {
    const { items, problems } = readOriginLines('https://a.example\nhttps://b.example/\nwhat')
    expect(items).toEqual(['https://a.example'])
    expect(problems[0]).toBe('Line 2, https://b.example/: An origin ends without a slash. Write https://b.example.')
    expect(problems[1]).toContain('Line 3, what: ')
  })
})

describe('header sets, one a line', () => {
  it('are read and written back', () => {
    const text = 'X-Api-Key: 1; Save-Data: on\nAuthorization: Bearer a'
    const { items, problems } = readHeaderSetLines(text)
    expect(problems).toEqual([])
    expect(items).toEqual([
      [
        ['X-Api-Key', '1'],
        ['Save-Data', 'on'],
      ],
      [['Authorization', 'Bearer a']],
    ])
    expect(writeHeaderSets([[], ...items])).toBe(text)
  })

  it('that are none are named with their line', () =>
    expect(readHeaderSetLines('X-A: 1\nX Api Key: 1').problems[0]).toContain('Line 2, X Api Key: 1: "X Api Key" is not a header name.'))
})

it('knows what is no method', () => expect(badMethods(['GET', 'CHICKEN', 'a b', ''])).toEqual(['a b', '']))
