import { describe, expect, it } from 'vitest'
import { inBlinksOrder } from './blink-header-order.ts'

describe('the order in which Blink gives out headers', () => {
  it('is that of its table, whatever the order was in which it took them', () => {
    const names = ['accept', 'content-type', 'purpose', 'user-agent', 'x-a']
    expect(inBlinksOrder(names)).toEqual(inBlinksOrder(names.toReversed()))
    expect(inBlinksOrder(names).indexOf('purpose')).toBeLessThan(inBlinksOrder(names).indexOf('content-type'))
  })
  it('has each name once, in lower case', () => expect(inBlinksOrder(['X-A', 'x-a', 'X-a'])).toEqual(['x-a']))
  it('keeps all of them, of any length', () => {
    const names = Array.from({ length: 60 }, (_, length) => 'x'.repeat(length + 1))
    expect(inBlinksOrder(names).toSorted()).toEqual(names.toSorted())
  })
})
