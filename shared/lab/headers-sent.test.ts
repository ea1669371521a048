import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { predict } from './predict.ts'
import type { ProfileName } from './prediction.ts'

/** What a page on http://localhost:7800 sends; the names and values are those that the three browsers were seen to send. */
const sent = (profile: ProfileName, url: string, request: Partial<Scenario['request']> = {}, origin = 'http://localhost:7800') =>
  predict({ id: '', page: { origin }, request: { api: 'fetch', url, headers: [], ...request } }, profile, ({ kind }) => ({
    type: 'response',
    status: kind === 'preflight' ? 204 : 200,
    headerList: [
      ['Access-Control-Allow-Origin', origin],
      ['Access-Control-Allow-Methods', 'PUT'],
      ['Access-Control-Allow-Headers', 'content-type, x-api-key, x-a'],
    ],
  })).exchanges.map(({ headerList }) => headerList)

const put = { method: 'PUT', headers: [['Content-Type', 'application/json'], ['X-Api-Key', 'k']] as [string, string][], body: '{}' }

describe('the headers on the wire', () => {
  it('are those that Chromium sends, in its order', () => {
    const [preflight, request] = sent('chromium', 'http://localhost:7801/x/y?q#f', put)
    expect(preflight).toEqual([
      ['Accept', '*/*'],
      ['Access-Control-Request-Method', 'PUT'],
      ['Access-Control-Request-Headers', 'content-type,x-api-key'],
      ['Origin', 'http://localhost:7800'],
      ['User-Agent', expect.stringContaining('Chrome/156')],
      ['Sec-Fetch-Mode', 'cors'],
      ['Sec-Fetch-Site', 'same-site'],
      ['Sec-Fetch-Dest', 'empty'],
      ['Referer', 'http://localhost:7800/'],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
      ['Accept-Language', 'en-US,en;q=0.9'],
    ])
    expect(request?.map(([name]) => name)).toEqual([
      ...['sec-ch-ua-platform', 'User-Agent', 'sec-ch-ua', 'Content-Type', 'X-Api-Key', 'sec-ch-ua-mobile', 'Accept', 'Origin'],
      ...['Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-Fetch-Dest', 'Referer', 'Accept-Encoding', 'Accept-Language'],
    ])
  })

  it('say the mode alone in Chromium’s preflight to a URL that is not potentially trustworthy, and nothing in its request', () => {
    const [preflight, request] = sent('chromium', 'http://api.test:7801/p', { method: 'POST', headers: [['X-A', '1']], body: 'x' })
    expect(preflight?.filter(([name]) => name.startsWith('Sec-Fetch'))).toEqual([['Sec-Fetch-Mode', 'cors']])
    expect(request?.map(([name]) => name)).toEqual([
      ...['User-Agent', 'Content-Type', 'X-A', 'Accept', 'Origin', 'Referer', 'Accept-Encoding', 'Accept-Language'],
    ])
  })

  it('are those that Firefox sends, in its order', () => {
    const [preflight, request] = sent('firefox', 'http://localhost:7801/x/y', put)
    expect(preflight?.map(([name]) => name)).toEqual([
      ...['User-Agent', 'Accept', 'Accept-Language', 'Accept-Encoding', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'],
      ...['Referer', 'Origin', 'Sec-Fetch-Dest', 'Sec-Fetch-Mode', 'Sec-Fetch-Site', 'Priority'],
    ])
    expect(request?.map(([name]) => name)).toEqual([
      ...['User-Agent', 'Accept', 'Accept-Language', 'Accept-Encoding', 'Referer', 'Content-Type', 'X-Api-Key', 'Origin'],
      ...['Sec-Fetch-Dest', 'Sec-Fetch-Mode', 'Sec-Fetch-Site', 'Priority'],
    ])
  })

  it('are those that WebKit sends, in its order', () => {
    const [, request] = sent('webkit', 'http://localhost:7801/x/y', put)
    expect(request?.map(([name]) => name)).toEqual([
      ...['Content-Type', 'Origin', 'Referer', 'Accept', 'User-Agent', 'Accept-Encoding', 'Accept-Language'],
      ...['Sec-Fetch-Dest', 'Sec-Fetch-Mode', 'Sec-Fetch-Site', 'X-Api-Key'],
    ])
  })

  it('keep a value that the script set where the browser would have put its own', () => {
    const [request] = sent('firefox', 'http://localhost:7801/', { headers: [['Accept', 'text/html']] })
    expect(request?.filter(([name]) => name === 'Accept')).toEqual([['Accept', 'text/html']])
  })
})

describe('Sec-Fetch-Site', () => {
  const site = (origin: string, url: string) => sent('standard', url, {}, origin)[0]?.find(([name]) => name === 'Sec-Fetch-Site')?.[1]

  it('is same-origin for the page’s own origin', () => expect(site('https://app.example.com', 'https://app.example.com/x')).toBe('same-origin'))
  it('is same-site under one registrable domain', () =>
    expect(site('https://app.example.com', 'https://api.example.com/')).toBe('same-site'))
  it('is cross-site under a public suffix that both share', () =>
    expect(site('https://one.github.io', 'https://two.github.io/')).toBe('cross-site'))
  it('is cross-site for another scheme', () => expect(site('http://app.example.com', 'https://api.example.com/')).toBe('cross-site'))
  it('is same-site for another port of one host', () => expect(site('http://localhost:5173', 'http://localhost:4001/')).toBe('same-site'))
  it('is cross-site for another name of the same address', () =>
    expect(site('http://localhost:5173', 'http://127.0.0.1:4001/')).toBe('cross-site'))
  it('is not sent to a URL that is not potentially trustworthy', () =>
    expect(site('http://app.example.com', 'http://app.example.com/')).toBeUndefined())
})
