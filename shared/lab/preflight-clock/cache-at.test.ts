import { describe, expect, it } from 'vitest'
import type { LaterRequest, Scenario } from '#shared/scenario/scenario'
import { answersOfServerSteps } from '../answers.ts'
import type { ProfileName } from '../prediction.ts'
import { asksAt, cacheAt } from './cache-at.ts'
import type { Story } from './timeline.ts'

const url = 'http://api.test/orders'
const put: LaterRequest = { api: 'fetch', url, method: 'PUT', headers: [] }
const withKey: LaterRequest = { ...put, headers: [['X-Key', '1']] }

interface Policy {
  readonly methods?: string
  readonly maxAge?: string | null
  readonly status?: number
}

const policy = ({ methods = 'PUT, DELETE', maxAge = '600', status = 204 }: Policy = {}) => {
  const origin: [string, string] = ['Access-Control-Allow-Origin', '*']
  const headers: [string, string][] = [origin, ['Access-Control-Allow-Methods', methods], ['Access-Control-Allow-Headers', 'x-key']]
  if (maxAge !== null) headers.push(['Access-Control-Max-Age', maxAge])
  return answersOfServerSteps([{ url, preflight: { status, headers }, response: { status: 200, headers: [origin] } }])
}

const story = (requests: LaterRequest[], now: Policy = {}, profile: ProfileName = 'standard', before?: Policy): Story => {
  const [request = put, ...then] = requests
  const scenario: Scenario = { id: 's', page: { origin: 'http://app.test' }, request, then }
  return { scenario, profile, answer: policy(now), before: before === undefined ? null : policy(before) }
}
const at = (now: number, clearedAt: number | null = null) => ({ now, clearedAt })

describe('the CORS-preflight cache by the clock', () => {
  it('has an entry for each method and header that was allowed, and counts it down', () => {
    const { entries, empty } = cacheAt(story([withKey]), at(12))
    expect(entries.map(({ entry, secondsLeft, request }) => [entry.method ?? entry.headerName, secondsLeft, request])).toEqual([
      ['PUT', 588, 0],
      ['DELETE', 588, 0],
      ['x-key', 588, 0],
    ])
    expect(empty).toBeNull()
  })

  it('lets go of an entry the moment its time is over, which is a moment one can go to', () => {
    const told = story([put, { ...put, after: 5000 }], { maxAge: '10' })
    const { moments } = cacheAt(told, at(0))
    expect(moments).toEqual([
      { at: 0, what: 'request 1' },
      { at: 5, what: 'request 2' },
      { at: 10, what: 'what is kept expires' },
    ])
    expect(cacheAt(told, at(9.999)).entries).not.toEqual([])
    expect(cacheAt(told, at(10))).toMatchObject({ entries: [], empty: 'What was kept has expired.' })
  })

  it('tells which requests send OPTIONS as planned, and which would at that time, each with its rulings', () => {
    const told = story([put, { ...withKey, after: 5000 }, { ...put, method: 'GET' }], { maxAge: '10' })
    const sent = (now: number) => cacheAt(told, at(now)).requests.map(({ planned, again }) => [planned.sent, again.sent])
    expect(sent(5)).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ])
    expect(sent(15)).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ])
    const [first] = cacheAt(told, at(15)).requests
    expect(first?.again.rulings.map(({ step }) => step)).toEqual(['main-fetch/12', 'http-fetch/4.1'])
    expect(first?.again.rulings.at(-1)?.link).toMatch(/^https:/)
  })

  it('is empty from the moment at which it was cleared, until the next preflight', () => {
    const told = story([put, { ...put, after: 10_000 }])
    expect(cacheAt(told, at(3, 4)).entries).not.toEqual([])
    const cleared = cacheAt(told, at(4, 4))
    expect(cleared.empty).toBe('It was cleared, and no preflight has passed since.')
    expect(cleared.requests.map(({ planned, again }) => [planned.sent, again.sent])).toEqual([
      [true, true],
      [true, true],
    ])
    expect(cacheAt(told, at(10, 4)).entries[0]).toMatchObject({ request: 1, secondsLeft: 600 })
    expect(asksAt(told, at(10, 4))).toEqual([false, false])
  })

  it.each<[string, Policy, ProfileName, number, string]>([
    ['nothing is said', { maxAge: null }, 'firefox', 5, 'The server names no max-age: 5 s are the default.'],
    ['a browser has a limit', { maxAge: '86400' }, 'webkit', 600, 'The server says `86400`; WebKit keeps nothing longer than 600 s.'],
    ['the server says it', { maxAge: '60' }, 'chromium', 60, 'The server says `60`.'],
    ['it is no number', { maxAge: 'soon' }, 'chromium', 5, 'The server says `soon`, which is read as 5 s.'],
  ])('says why an entry is kept for so long where %s', (_, given, profile, seconds, why) => {
    expect(cacheAt(story([put], given, profile), at(0)).entries[0]).toMatchObject({ secondsLeft: seconds, why })
  })

  it.each<[string, LaterRequest, Policy, string]>([
    ['none was needed', { ...put, method: 'GET' }, {}, 'No request so far needs a preflight, so there is nothing to keep.'],
    ['it was refused', { ...put, method: 'PATCH' }, {}, 'The preflight did not pass, so nothing of it is kept.'],
    ['max-age is 0', put, { maxAge: '0' }, 'The preflight passed, and its max-age has the browser keep nothing of it.'],
  ])('says why nothing is kept where %s', (_, request, given, words) => expect(cacheAt(story([request], given), at(0)).empty).toBe(words))

  it('says that nobody has answered', () => {
    const unanswered: Story = { ...story([put]), answer: () => ({ type: 'unanswered' }) }
    expect(cacheAt(unanswered, at(0)).empty).toBe('Nobody has answered the preflight yet.')
  })
})

describe('a policy that was changed after the preflight', () => {
  const tightened = story([{ ...put, method: 'DELETE' }], { methods: 'PUT' }, 'chromium', {})

  it('does not reach requests that are let through by what is kept, until that expires', () => {
    const { requests, entries, isChanged } = cacheAt(tightened, at(12))
    expect(isChanged).toBe(true)
    expect(requests[0]).toMatchObject({ again: { sent: false }, trap: { secondsLeft: 588, ruling: { step: 'cors-preflight-fetch/7.5' } } })
    expect(entries.map(({ otherwise }) => otherwise)).toEqual([null, 'no longer given', null])
    const refused = story([put], { status: 403 }, 'chromium', {})
    expect(cacheAt(refused, at(12)).entries.map(({ otherwise }) => otherwise)).toEqual(Array(3).fill('no longer given'))
    const late = cacheAt(tightened, at(600)).requests[0]
    expect(late).toMatchObject({ again: { sent: true }, trap: null })
  })

  it('reaches them at once where the cache is cleared, or holds nothing of before', () => {
    expect(cacheAt(tightened, at(12, 12)).requests[0]).toMatchObject({ again: { sent: true }, trap: null })
    const mended = story([put], {}, 'chromium', { methods: 'GET' })
    expect(cacheAt(mended, at(12))).toMatchObject({ isChanged: false, requests: [{ again: { sent: false }, trap: null }] })
  })

  it('leaves the time of an entry as it was said then', () => {
    const { entries, requests } = cacheAt(story([put], { maxAge: '5' }, 'standard', {}), at(20))
    expect(entries[0]).toMatchObject({ secondsLeft: 580, otherwise: 'now given for 5 s' })
    expect(requests[0]?.trap).toBeNull()
  })

  it('is no change to browsers where preflights are answered as before', () =>
    expect(cacheAt(story([put], {}, 'standard', {}), at(0)).isChanged).toBe(false))
})
