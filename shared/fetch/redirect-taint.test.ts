import { describe, expect, it } from 'vitest'
import { opaqueOrigin, originOf } from './origin.ts'
import type { Request } from './request.ts'
import { redirectTaint } from './redirect-taint.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'

const request = (origin: Request['origin'], ...urls: string[]): Request => ({
  method: 'GET',
  urlList: urls.map((url) => new URL(url)),
  hostIsNoHost: false,
  headerList: [],
  unsafeRequestFlag: true,
  body: null,
  origin,
  referrer: null,
  mode: 'cors',
  useCORSPreflightFlag: false,
  credentialsMode: 'same-origin',
  redirectMode: 'follow',
  responseTainting: 'cors',
  redirectCount: urls.length - 1,
  destination: '',
  cacheMode: 'default',
  initiatorType: 'fetch',
})
const page = originOf('https://app.example/index.html')

describe('redirect-taint', () => {
  it.each([
    ['one URL elsewhere', ['https://a.example/']],
    ['away from the own origin', ['https://app.example/', 'https://a.example/']],
    ['within another origin', ['https://a.example/', 'https://a.example/b']],
    ['within the own origin', ['https://app.example/', 'https://app.example/b']],
  ])('is "same-origin" for %s', (_, urls) => expect(redirectTaint(request(page, ...urls))).toBe('same-origin'))

  it.each([
    ['from one other origin to another', ['https://a.example/', 'https://b.example/']],
    ['from another origin back to the own', ['https://a.example/', 'https://app.example/']],
    ['from another port to another', ['https://a.example:1/', 'https://a.example:2/']],
    ['ever after', ['https://a.example/', 'https://b.example/', 'https://b.example/c']],
  ])('is not %s', (_, urls) => expect(redirectTaint(request(page, ...urls))).toBe('not same-origin'))
})

describe('serializing a request origin', () => {
  it('gives the origin', () => expect(serializeARequestOrigin(request(page, 'https://a.example/'))).toBe('https://app.example'))
  it('gives null after a tainting redirect', () =>
    expect(serializeARequestOrigin(request(page, 'https://a.example/', 'https://b.example/'))).toBe('null'))
  it('gives null for an opaque origin', () => expect(serializeARequestOrigin(request(opaqueOrigin, 'https://a.example/'))).toBe('null'))
})

describe('the origin of a page', () => {
  it.each([
    ['HTTPS://App.Example:443/', 'https://app.example'],
    ['http://app.example:8080', 'http://app.example:8080'],
    ['http://[::1]:80', 'http://[::1]'],
    ['null', 'null'],
    ['file:///home/a.html', 'null'],
    ['data:,x', 'null'],
    ['app.example', 'null'],
    ['', 'null'],
  ])('of %s is %s', (text, serialized) => expect(originOf(text).serialized).toBe(serialized))
})
