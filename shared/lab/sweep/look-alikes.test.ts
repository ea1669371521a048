import { describe, expect, it } from 'vitest'
import { newPolicy } from '#shared/policy/policy'
import { lookAlikesOf, originNote } from './look-alikes.ts'
import { sweepPresets } from './presets.ts'

const listed = ['https://app.example.com', 'http://localhost:*', 'https://admin.example.com/']

describe('look-alikes of an origin', () => {
  it('differ in one segment each, and are origins as browsers write them', () => {
    const found = lookAlikesOf('https://app.example.com')
    expect(found).toEqual([
      'https://app.example.com',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://sub.app.example.com',
      'https://app.example.com.evil.example',
      'https://evil-app.example.com',
      'https://app-example-com.example',
    ])
    expect(found.map((origin) => new URL(origin).origin)).toEqual(found)
  })

  it('of an address are no names, and of what is no origin there are none', () => {
    expect(lookAlikesOf('http://127.0.0.1:8443')).toEqual(['http://127.0.0.1:8443', 'https://127.0.0.1:8443', 'http://127.0.0.1:9443'])
    expect(lookAlikesOf('null')).toEqual(['null'])
  })
})

it.each([
  ['https://app.example.com', 'listed'],
  ['http://localhost:5173', 'matches http://localhost:*'],
  ['https://admin.example.com', 'listed with a slash, never matches'],
  ['http://app.example.com', 'other scheme'],
  ['https://app.example.com:8443', 'other port'],
  ['https://x.app.example.com', 'a subdomain'],
  ['https://app.example.com.evil.example', 'starts alike'],
  ['https://evil-app.example.com', 'ends alike'],
  ['null', 'sandboxed frame, file:'],
  ['https://other.example', ''],
])('a list has %s: %s', (origin, note) => expect(originNote({ origins: listed }, origin)).toBe(note))

describe('each preset', () => {
  it.each(sweepPresets)('$name: asks something of any policy', ({ axes }) => {
    for (const origins of ['none', 'any', 'asked', [], listed] as const) {
      const filled = axes({ ...newPolicy, origins: typeof origins === 'string' ? origins : [...origins] }, ['http://localhost:5173'])
      expect(filled.origins).toContain('https://evil.example')
      for (const axis of Object.values(filled)) expect(new Set(axis.map((each) => JSON.stringify(each))).size).toBe(axis.length)
      expect(filled.methods.length * filled.headerSets.length * filled.credentials.length).toBeGreaterThan(0)
    }
  })

  it('of headers has those that the policy names', () => {
    const axes = sweepPresets.at(-1)?.axes({ ...newPolicy, requestHeaders: ['X-Tenant', 'authorization'] }, [])
    const names = axes?.headerSets.flat().map(([name]) => name)
    expect(names).toContain('X-Tenant')
    expect(names?.filter((name) => name.toLowerCase() === 'authorization')).toHaveLength(1)
  })
})
