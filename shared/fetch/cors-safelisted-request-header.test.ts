import { describe, expect, it } from 'vitest'
import { isCORSSafelistedRequestHeader } from './cors-safelisted-request-header.ts'

describe('CORS-safelisted request-header', () => {
  it.each([
    ['Accept', 'text/html, */*;q=0.1'],
    ['ACCEPT', 'a'],
    ['Accept', 'text/ÿ'],
    ['Accept', 'a\tb'],
    ['Accept', ''],
    ['Accept-Language', 'en-US,en;q=0.5'],
    ['Content-Language', '*'],
    ['Content-Type', 'text/plain'],
    ['Content-Type', 'TEXT/Plain; charset=utf-8'],
    ['Content-Type', 'multipart/form-data; boundary=x'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Content-Type', 'text/plain;é'],
    ['Content-Type', 'text/plain;a,b'],
    ['Range', 'bytes=0-'],
    ['Range', 'bytes=0-99999999999999999999'],
    ['Accept', 'x'.repeat(128)],
  ])('%s: %s is one', (name, value) => expect(isCORSSafelistedRequestHeader(name, value)).toBe(true))

  it.each([
    ['X-Custom', 'a'],
    ['Authorization', 'x'],
    ['Accept', 'a"b'],
    ['Accept', 'a@b'],
    ['Accept', '\u007f'],
    ['Accept', 'x'.repeat(129)],
    ['Accept-Language', 'en_US'],
    ['Accept-Language', 'é'],
    ['Content-Language', 'a\tb'],
    ['Content-Type', 'application/json'],
    ['Content-Type', ''],
    ['Content-Type', 'text'],
    ['Content-Type', 'text/ plain'],
    ['Content-Type', 'text/plain, text/plain'],
    ['Content-Type', 'text/plain; q="a"'],
    ['Range', 'BYTES=0-1'],
    ['Range', 'bytes=-500'],
    ['Range', 'bytes=9-1'],
    ['Range', 'bytes=0-1,3-4'],
    ['Range', 'bytes = 0-1'],
    ['Range', 'items=0-1'],
    ['DPR', '2'],
  ])('%s: %s is none', (name, value) => expect(isCORSSafelistedRequestHeader(name, value)).toBe(false))
})
