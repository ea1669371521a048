import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { predict } from './predict.ts'
import { serversOf } from './servers-of-scenario.ts'

const allowAll: [string, string][] = [['Access-Control-Allow-Origin', '*']]
const scenario = (url: string, more: Partial<Scenario> = {}): Scenario => ({
  id: 's',
  page: { origin: 'https://app.test:8443' },
  request: { api: 'fetch', url, headers: [] },
  server: [
    { url: 'http://api.test:9000/', response: { status: 200, headers: allowAll } },
    { url: 'https://api.test/', response: { status: 302, headers: [...allowAll, ['Location', '//away.test/a']] } },
  ],
  ...more,
})

describe('serversOf', () => {
  const isServed = serversOf(scenario('/a', { cookies: [{ url: 'http://shop.test/', set: [] }] }))
  it.each([
    ['http://api.test:9000/other', true],
    ['https://api.test:9000/', false],
    ['https://api.test/', true],
    ['http://api.test:443/', false],
    ['http://api.test/', false],
    ['https://app.test:8443/a', true],
    ['http://app.test:8443/', false],
    ['http://shop.test/', true],
    ['https://shop.test/', false],
    ['https://away.test/a', true],
    ['http://away.test/a', false],
    ['https://nowhere.test/', undefined],
  ])('%s: %s', (url, expected) => expect(isServed(new URL(url))).toBe(expected))

  it('has a server where a request leads to a place of its own, and not where a step speaks otherwise', () => {
    expect(serversOf(scenario('https://other.test:9000/'))(new URL('https://other.test:9000/'))).toBe(true)
    expect(serversOf(scenario('https://api.test:9000/'))(new URL('https://api.test:9000/'))).toBe(false)
  })
})

describe('a request that no server speaks the scheme of', () => {
  it.each(['https://api.test:9000/', 'http://api.test:443/'])('%s is a network error that nobody has heard of', (url) => {
    const { outcome, exchanges, ruling } = predict(scenario(url, { page: { origin: 'http://app.test' } }), 'standard')
    expect(outcome).toBe('network-error')
    expect(exchanges.map(({ answer }) => answer)).toEqual([expect.objectContaining({ type: 'network-error', isUnheard: true })])
    expect(ruling.sentence).toBe(`No answer to the GET: no server speaks ${new URL(url).protocol.slice(0, -1)} at ${new URL(url).origin}.`)
  })

  it('is one also where an image is upgraded', () => {
    const { outcome, exchanges } = predict(scenario('', { request: { api: 'img', url: 'http://api.test:9000/', headers: [] } }), 'standard')
    expect([outcome, exchanges[0]?.url, exchanges[0]?.answer]).toEqual([
      'network-error',
      'https://api.test:9000/',
      { type: 'network-error', isUnheard: true, reason: 'No server speaks https at https://api.test:9000.' },
    ])
  })
})
