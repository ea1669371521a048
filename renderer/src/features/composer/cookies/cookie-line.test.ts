import { describe, expect, it } from 'vitest'
import { cookieFates, type CookieFate } from '#shared/lab/cookie-fates'
import type { ProfileName } from '#shared/lab/prediction'
import { cookieLine } from './cookie-line.ts'

function line(set: string, shown: ProfileName) {
  const scenario = {
    id: 'c',
    page: { origin: 'https://app.example.com' },
    request: { api: 'fetch' as const, url: 'https://api.other.example/', headers: [], credentials: 'include' },
    cookies: [{ url: 'https://api.other.example/', set: [set] }],
  }
  const of = (profile: ProfileName): CookieFate => cookieFates(scenario, profile)[0]![0]!
  return cookieLine({ standard: of('standard'), chromium: of('chromium'), firefox: of('firefox'), webkit: of('webkit') }, shown)
}

describe('a Set-Cookie line of the tab', () => {
  it('says how it was parsed, what becomes of it, and where engines part ways', () =>
    expect(line('sid=1; SameSite=None; Secure; HttpOnly; Max-Age=60', 'chromium')).toEqual({
      mark: 'blocked',
      tone: 'blocked',
      fate: 'stays behind: it is of another site than the page, and this browser blocks third-party cookies',
      others: 'In Firefox it stays behind, for it is kept for another site’s pages or URLs. In WebKit and the standard it goes along.',
      parsed: 'api.other.example alone, path /, SameSite=None, Secure, HttpOnly, for 60 s',
    }))

  it('has no attributes to show of what is refused', () =>
    expect(line('__Host-sid=1; Path=/', 'standard')).toMatchObject({
      mark: 'broken',
      fate: 'is not kept: it does not keep what its name’s prefix promises',
      parsed: null,
    }))
})
