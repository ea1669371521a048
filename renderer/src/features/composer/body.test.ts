import { describe, expect, it } from 'vitest'
import { bodyOf, isSaidToBeJSON, kindOf, textOf, type Body } from './body.ts'

describe('a body', () => {
  const bodies: Body[] = [
    '',
    '{"a":1}',
    { kind: 'urlencoded', value: { a: '1', 'b c': 'x=y' } },
    { kind: 'form', value: { file: 'x' } },
    { kind: 'blob', value: 'x', type: 'application/json' },
    { kind: 'blob', value: 'x' },
    { kind: 'bytes', value: 'abc' },
  ]
  it.each(bodies.map((body) => [JSON.stringify(body), body] as const))('survives being typed: %s', (_, body) => {
    const type = typeof body === 'object' && body.kind === 'blob' ? body.type : undefined
    expect(bodyOf(kindOf(body), textOf(body), type)).toEqual(body)
  })

  it('is absent where there is none', () => {
    expect(bodyOf('none', 'left over')).toBeUndefined()
    expect(kindOf(undefined)).toBe('none')
  })
})

describe('a body is said to be JSON', () => {
  it.each([
    [undefined, 'application/json', true],
    [undefined, 'application/problem+json; charset=utf-8', true],
    [undefined, 'text/jsonish', false],
    [undefined, undefined, false],
    ['application/json', undefined, true],
    // A header line comes before the Blob's type.
    ['application/json', 'text/plain', false],
  ])('blob of type %s, header %s: %s', (type, header, said) => {
    const body = type === undefined ? '{}' : ({ kind: 'blob', value: '{}', type } as const)
    expect(isSaidToBeJSON({ body, headers: header === undefined ? [] : [['content-type', header]] })).toBe(said)
  })
})
