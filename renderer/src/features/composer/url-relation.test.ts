import { describe, expect, it } from 'vitest'
import { urlRelation } from './url-relation.ts'

describe('a URL is to a page', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com/orders', 'same-origin'],
    ['https://app.example.com', '/orders', 'same-origin'],
    ['https://app.example.com', 'https://api.example.com/', 'cross-origin, same-site'],
    ['https://app.example.com', 'http://api.example.com/', 'cross-origin, cross-site'],
    ['http://localhost:5173', 'http://localhost:4001/', 'cross-origin, same-site'],
    ['https://a.github.io', 'https://b.github.io/', 'cross-origin, cross-site'],
    ['https://app.example.com', 'https://', 'not a URL'],
    ['https://app.example.com', 'ftp://example.com/', 'ftp: is not fetched over HTTP'],
    ['https://app.example.com', '', ''],
  ])('%s, %s: %s', (origin, url, relation) => {
    expect(urlRelation(url, { origin })).toBe(relation)
  })

  it('always cross-origin and cross-site where the page is a sandboxed frame', () => {
    expect(urlRelation('https://app.example.com/', { origin: 'https://app.example.com', sandboxed: true })).toBe('cross-origin, cross-site')
  })
})
