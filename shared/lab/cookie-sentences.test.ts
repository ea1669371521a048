import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { predict } from './predict.ts'

const page = { origin: 'https://app.example.com' }
const url = 'https://api.other.example/orders'
const server = [{ url, response: { status: 200, headers: [['Access-Control-Allow-Origin', '*']] as [string, string][] } }]
const scenario = (set: string[], credentials: 'include' | 'same-origin' = 'include'): Scenario => ({
  id: 'c',
  page,
  request: { api: 'fetch', url, headers: [], credentials },
  cookies: [{ url: 'https://api.other.example/', set }],
  server,
})
const said = (given: Scenario, browser: 'standard' | 'chromium' | 'firefox' | 'webkit') =>
  predict(given, browser).trace.flatMap(({ step, sentence }) => (/cookie|8\.21/.test(step) ? [sentence] : []))

describe('a ruling on cookies', () => {
  it('says which go along and why the others stay', () => {
    const given = scenario(['a=1; SameSite=None; Secure', 'b=1; SameSite=Strict', 'c=1; Path=/other; SameSite=None; Secure'])
    expect(said(given, 'standard')).toEqual([
      'The cookie a goes along. b stays behind: it is SameSite=Strict, and the request is cross-site. c stays behind: it is for another path.',
    ])
    expect(said(given, 'chromium')[0]).toContain('a stays behind: it is of another site than the page, and this browser blocks third-party cookies.')
    expect(said(given, 'firefox')[0]).toContain('a stays behind: it is kept for another site’s pages or URLs.')
    expect(said(given, 'webkit')[0]).toContain('The cookie a goes along.')
  })

  it('says that the credentials mode keeps them back', () =>
    expect(said(scenario(['a=1; SameSite=None; Secure'], 'same-origin'), 'standard')).toEqual([
      'The cookie a stays behind: credentials mode "same-origin" sends no cookies here.',
    ]))

  it('is not there where the host has no cookie', () => expect(said({ ...scenario([]), cookies: [] }, 'standard')).toEqual([]))
})
