import { describe, expect, it } from 'vitest'
import { corsUnsafeRequestHeaderNames } from './cors-unsafe-request-header-names.ts'
import type { Header } from './header-list.ts'

describe('CORS-unsafe request-header names', () => {
  it('are lower case, sorted and each once', () => {
    const headers: Header[] = [
      ['X-B', '1'],
      ['Content-Type', 'application/json'],
      ['x-a', '1'],
      ['X-A', '2'],
    ]
    expect(corsUnsafeRequestHeaderNames(headers)).toEqual(['content-type', 'x-a', 'x-b'])
  })

  it('leave out what is safelisted', () => expect(corsUnsafeRequestHeaderNames([['Accept', 'a']])).toEqual([]))

  it('name every safelisted header once their values are longer than 1024 bytes together', () => {
    const eight = Array.from({ length: 8 }, (): Header => ['Accept', 'x'.repeat(128)])
    expect(corsUnsafeRequestHeaderNames(eight)).toEqual([])
    expect(corsUnsafeRequestHeaderNames([...eight, ['Accept-Language', 'x']])).toEqual(['accept', 'accept-language'])
  })
})
