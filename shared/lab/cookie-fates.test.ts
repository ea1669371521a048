import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { cookieFates } from './cookie-fates.ts'
import type { ProfileName } from './prediction.ts'

const scenario = (set: string[], request: Partial<Scenario['request']> = {}): Scenario => ({
  id: 'c',
  page: { origin: 'https://app.example.com' },
  request: { api: 'fetch', url: 'https://api.other.example/orders', headers: [], credentials: 'include', ...request },
  cookies: [{ url: 'https://api.other.example/', set }],
})
const fates = (given: Scenario, profile: ProfileName = 'standard') =>
  cookieFates(given, profile).map((visit) => visit.map(({ name, fate, why }) => [name, fate, why]))

describe('what becomes of Set-Cookie lines', () => {
  it('says line by line what goes along, what stays and what is refused, and why', () =>
    expect(fates(scenario(['a=1; SameSite=None; Secure', 'b=1; SameSite=Strict', '__Host-c=1', 'd=1; Path=/other']))).toEqual([
      [
        ['a', 'goes', null],
        ['b', 'stays', 'it is SameSite=Strict, and the request is cross-site'],
        ['__Host-c', 'refused', 'it does not keep what its name’s prefix promises'],
        ['d', 'stays', 'it is for another path'],
      ],
    ]))

  it('tells lines of one name apart', () =>
    expect(fates(scenario(['a=1', 'a=2; Path=/other', 'a=3', 'gone=1; Max-Age=0']))).toEqual([
      [
        ['a', 'replaced', null],
        ['a', 'stays', 'it is for another path'],
        ['a', 'goes', null],
        ['gone', 'deletes', null],
      ],
    ]))

  it('holds whether or not the server lets a preflight pass', () => {
    const put = { method: 'PUT', headers: [['X-A', '1']] as [string, string][] }
    expect(fates(scenario(['a=1; SameSite=None; Secure'], put))).toEqual([[['a', 'goes', null]]])
  })

  it('leaves cookies of other hosts alone, and sends none where nothing is sent', () => {
    const elsewhere = { ...scenario([]), cookies: [{ url: 'https://else.example/', set: ['a=1'] }] }
    expect(fates(elsewhere)).toEqual([[['a', 'elsewhere', null]]])
    expect(fates(scenario(['a=1'], { url: 'http://api.other.example/' }))).toEqual([[['a', 'unsent', null]]])
    expect(fates({ ...scenario([]), cookies: [{ url: 'no URL', set: ['a=1'] }] })).toEqual([[]])
  })

  it('shows a cookie as it is kept', () =>
    expect(cookieFates(scenario(['a=1; Domain=other.example; HttpOnly; Max-Age=60']), 'standard')[0]?.[0]?.cookie).toMatchObject({
      value: '1',
      domain: 'other.example',
      hostOnly: false,
      httpOnly: true,
      path: '/',
      expires: 60,
    }))
})
