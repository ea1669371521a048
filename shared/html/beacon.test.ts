import { describe, expect, it } from 'vitest'
import { standardWays } from '#shared/fetch/browser-profile'
import { originOf } from '#shared/fetch/origin'
import type { ScriptedBody } from '#shared/fetch/scripted-request'
import { sendBeacon } from './beacon.ts'

const client = { origin: originOf('https://app.example/'), baseURL: 'https://app.example/', referrer: null }
const sent = (body: ScriptedBody | undefined, url = 'https://api.example/') =>
  sendBeacon({ api: 'beacon', url, headers: [], body }, client, standardWays)

describe('sendBeacon()', () => {
  it.each<[string, ScriptedBody | undefined, string, string | null]>([
    ['nothing', undefined, 'no-cors', null],
    ['a string', 'a', 'no-cors', 'text/plain;charset=UTF-8'],
    ['URL-encoded values', { kind: 'urlencoded', value: 'a=1' }, 'no-cors', 'application/x-www-form-urlencoded;charset=UTF-8'],
    ['bytes', { kind: 'bytes', value: 'a' }, 'no-cors', null],
    ['a blob of a safelisted type', { kind: 'blob', value: 'a', type: 'text/plain' }, 'no-cors', 'text/plain'],
    ['a blob without a type', { kind: 'blob', value: 'a' }, 'no-cors', null],
    ['a blob of JSON', { kind: 'blob', value: '{}', type: 'application/json' }, 'cors', 'application/json'],
  ])('with %s', (_, body, mode, type) => {
    const constructed = sent(body)
    expect(constructed).toMatchObject({ request: { method: 'POST', mode, credentialsMode: 'include', initiatorType: 'beacon' } })
    if (!('request' in constructed)) throw new Error('No request was made.')
    expect(constructed.request.headerList).toEqual(type === null ? [] : [['Content-Type', type]])
  })

  it('takes 64 KiB and no more', () => {
    expect('request' in sent('x'.repeat(65536))).toBe(true)
    expect(sent('x'.repeat(65537))).toMatchObject({ ended: { outcome: 'refused', ruling: { step: 'sendbeacon/6.2' } } })
  })

  it('throws a TypeError for other schemes', () =>
    expect(sent('a', 'data:,x')).toMatchObject({ exception: { step: 'sendbeacon/3', result: 'TypeError' } }))
})
