import { describe, expect, it } from 'vitest'
import { originMatches } from './origin-pattern.ts'

describe('originMatches', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com', true],
    ['https://app.example.com', 'https://APP.example.com', false],
    ['https://app.example.com', 'http://app.example.com', false],
    ['https://app.example.com', 'https://app.example.com:8443', false],
    ['https://app.example.com/', 'https://app.example.com', false],
    ['https://*.example.com', 'https://app.example.com', true],
    ['https://*.example.com', 'https://a.b.example.com', true],
    ['https://*.example.com', 'https://example.com', false],
    ['https://*.example.com', 'https://.example.com', false],
    ['https://*.example.com', 'https://evilexample.com', false],
    ['https://*.example.com', 'https://app.exampleXcom', false],
    ['https://*.example.com', 'https://app.example.com.evil.test', false],
    ['https://*.example.com', 'https://app.example.com:8443', false],
    ['https://*.example.com:*', 'https://app.example.com:8443', true],
    ['https://*.example.com', 'https://evil.test/.example.com', false],
    ['http://localhost:*', 'http://localhost', true],
    ['http://localhost:*', 'http://localhost:5173', true],
    ['http://localhost:*', 'http://localhost:5173.evil.test', false],
    ['http://localhost:*', 'http://localhost.evil.test', false],
    ['http://localhost:*', 'https://localhost:5173', false],
    ['http://[::1]:*', 'http://[::1]:5173', true],
    ['null', 'null', true],
    ['https://*', 'https://app.example.com', false],
    ['*', 'https://app.example.com', false],
    ['*', 'null', false],
    ['https://*.example.com', 'null', false],
  ])('%s and the origin %s: %s', (entry, origin, expected) => {
    expect(originMatches(entry, origin)).toBe(expected)
  })

  // A pattern that tried every way to split them would not come to an end.
  it.each([
    ['https://*.example.com', `https://${'a.'.repeat(100_000)}example.org`, false],
    ['https://*.example.com', `https://${'a.'.repeat(100_000)}example.com`, true],
    ['https://*.example.com', `https://${'a'.repeat(200_000)}!.example.com`, false],
    ['http://localhost:*', `http://localhost${':1'.repeat(100_000)}`, false],
    [`https://*.${'a.'.repeat(100_000)}com:*`, `https://x.${'a.'.repeat(100_000)}com:1`, true],
    [`https://${'*.'.repeat(100_000)}com`, `https://${'a.'.repeat(100_000)}com`, false],
  ])('%.40s… comes to an end with a long origin', (entry, origin, expected) => {
    expect(originMatches(entry, origin)).toBe(expected)
  })
})
