import { describe, expect, it } from 'vitest'
import { predict } from '#shared/lab/predict'
import type { ProfileName } from '#shared/lab/prediction'
import type { Scenario, ServerStep } from '#shared/scenario/scenario'

const allowed = { status: 200, headers: [['Access-Control-Allow-Origin', '*']] as [string, string][] }
const serves = (...urls: string[]): ServerStep[] => urls.map((url) => ({ url, response: allowed }))

function asked(api: 'fetch' | 'img', url: string, profile: ProfileName = 'standard', given: Partial<Scenario> = {}) {
  const page = { origin: 'https://app.example.com' }
  const server = serves(url, url.replace('http:', 'https:'))
  const { outcome, exchanges, trace } = predict({ id: 'm', page, request: { api, url, headers: [] }, server, ...given }, profile)
  return { outcome, urls: exchanges.map((each) => each.url), results: trace.map(({ result }) => result) }
}

describe('a request of an https page without https', () => {
  it('is blocked before anything is sent', () =>
    expect(asked('fetch', 'http://api.example.com/')).toMatchObject({ outcome: 'network-error', urls: [] }))

  it('is upgraded where it is for an image', () =>
    expect(asked('img', 'http://api.example.com/')).toMatchObject({ urls: ['https://api.example.com/'] }))

  it('is blocked where the image is at an IP address', () => expect(asked('img', 'http://203.0.113.5/').urls).toEqual([]))

  it.each(['http://localhost:8000/', 'http://127.0.0.1:8000/'])('goes to %s, which is trustworthy', (url) =>
    expect(asked('fetch', url)).toMatchObject({ outcome: 'cors', urls: [url] }))

  it('is blocked there in WebKit, but for an image', () => {
    expect(asked('fetch', 'http://127.0.0.1:8000/', 'webkit')).toMatchObject({ outcome: 'network-error', urls: [] })
    expect(asked('img', 'http://127.0.0.1:8000/', 'webkit').urls).toEqual(['http://127.0.0.1:8000/'])
  })

  it('goes to private addresses in Chromium, for which it would ask the user', () => {
    expect(asked('fetch', 'http://192.168.0.1/', 'chromium').urls).toEqual(['http://192.168.0.1/'])
    expect(asked('fetch', 'http://192.168.0.1/', 'firefox').urls).toEqual([])
  })

  it('is blocked where a redirect leads to it', () => {
    const from = 'https://api.example.com/from'
    const to = 'http://api.example.com/to'
    const redirect: ServerStep = { url: from, response: { status: 302, headers: [['Location', to], ...allowed.headers] } }
    const made = asked('fetch', from, 'standard', { server: [redirect, ...serves(to)] })
    expect(made).toMatchObject({ outcome: 'network-error', urls: [from] })
    expect(made.results.at(-1)).toBe('mixed content')
  })
})

it('is no mixed content from a page without https', () => {
  const { urls, results } = asked('fetch', 'http://api.example.com/', 'standard', { page: { origin: 'http://app.example.com' } })
  expect(urls).toEqual(['http://api.example.com/'])
  expect(results).not.toContain('mixed content')
})
