import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { cookieStory } from './cookie-story.ts'
import { predict } from './predict.ts'
import type { ProfileName } from './prediction.ts'

const url = 'https://api.other.example/orders'
const allowed: [string, string][] = [
  ['Access-Control-Allow-Origin', 'https://app.example.com'],
  ['Access-Control-Allow-Credentials', 'true'],
]

function scenario(set: string[], headers: [string, string][], request: Partial<Scenario['request']> = {}): Scenario {
  return {
    id: 'c',
    page: { origin: 'https://app.example.com' },
    request: { api: 'fetch', url, headers: [], credentials: 'include', ...request },
    cookies: [{ url: 'https://api.other.example/', set }],
    server: [{ url, preflight: { status: 204, headers: [] }, response: { status: 200, headers } }],
  }
}
const story = (given: Scenario, profile: ProfileName = 'standard') => cookieStory(given, predict(given, profile))

const free = 'free=1; SameSite=None; Secure'
const lax = 'sid=1; SameSite=Lax'

describe('the story of the cookies', () => {
  it('puts it to CORS alone where the cookie goes along', () =>
    expect(story(scenario([free], []))).toEqual({ blame: 'CORS', sentence: 'CORS alone: the cookie `free` goes along.' }))

  it('puts it to the cookie alone where CORS lets the answer through', () =>
    expect(story(scenario([lax], allowed))).toEqual({
      blame: 'cookies',
      sentence: 'Not CORS: the cookie `sid` stays behind because it is SameSite=Lax, and the request is cross-site.',
    }))

  it('puts it to both where both are to blame', () =>
    expect(story(scenario([lax], []))).toEqual({
      blame: 'both',
      sentence: 'Not CORS alone: the cookie `sid` stays behind because it is SameSite=Lax, and the request is cross-site.',
    }))

  it('says so where all is well', () =>
    expect(story(scenario([free], allowed))).toEqual({ blame: 'neither', sentence: 'The cookie `free` goes along.' }))

  it('is of each browser’s own ways', () => {
    expect(story(scenario([free], allowed), 'webkit')?.blame).toBe('neither')
    expect(story(scenario([free], allowed), 'chromium')?.sentence).toContain('this browser blocks third-party cookies')
    expect(story(scenario([free], allowed), 'firefox')?.sentence).toContain('is kept for another site’s pages or URLs')
  })

  it('foresees behind a preflight that does not pass what would stay behind', () => {
    expect(story(scenario([lax], allowed, { method: 'PUT' }))).toEqual({
      blame: 'both',
      sentence: 'Not CORS alone: the cookie `sid` would stay behind because it is SameSite=Lax, and the request is cross-site.',
    })
    expect(story(scenario([free], allowed, { method: 'PUT' }))).toEqual({
      blame: 'CORS',
      sentence: 'CORS alone: the cookie `free` would go along.',
    })
  })

  it('names all that stay for one reason, and counts the others', () => {
    expect(story(scenario([lax, 'b=1; SameSite=Lax', 'c=1; SameSite=Strict'], allowed))?.sentence).toBe(
      'Not CORS: the cookies `sid` and `b` stay behind, each because it is SameSite=Lax, and the request is cross-site. Another one stays, too.',
    )
    expect(story(scenario([free, lax], allowed, { credentials: 'same-origin' }))?.sentence).toBe(
      'Not CORS: the cookies `free` and `sid` stay behind, each because credentials mode `same-origin` sends no cookies here.',
    )
  })

  it('is of the last of several requests, with the cookies that the earlier ones set', () => {
    const then = [{ api: 'fetch' as const, url, headers: [], credentials: 'include' }]
    const given = { ...scenario([], [...allowed, ['Set-Cookie', free]]), then }
    expect(story(given)).toEqual({ blame: 'neither', sentence: 'The cookie `free` goes along.' })
    expect(story({ ...given, then: [{ ...then[0]!, credentials: 'omit' }] })?.blame).toBe('cookies')
  })

  it('has nothing to tell without cookies of the host, and of what is never sent', () => {
    expect(story(scenario([], allowed))).toBeNull()
    const page = { origin: 'https://app.example.com' }
    expect(
      story({ ...scenario([lax], allowed), page, request: { api: 'fetch', url: 'http://api.other.example/', headers: [] } }),
    ).toBeNull()
  })
})
