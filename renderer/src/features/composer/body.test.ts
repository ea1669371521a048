import { describe, expect, it } from 'vitest'
import { bodyOf, kindOf, textOf, type Body } from './body.ts'

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
