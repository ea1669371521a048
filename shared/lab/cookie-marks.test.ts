import { describe, expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { cookieMarks } from './cookie-marks.ts'
import { predict } from './predict.ts'

const url = 'https://api.other.example/orders'
const origin = 'https://app.example.com'
const headers: [string, string][] = [
  ['Access-Control-Allow-Origin', origin],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Methods', 'PUT'],
  ['Set-Cookie', 'a=1; SameSite=None; Secure'],
  ['Set-Cookie', 'a=2; SameSite=None'],
  ['Set-Cookie', 'b=1; SameSite=Lax'],
]
const scenario = (request: Partial<Scenario['request']>): Scenario => ({
  id: 'c',
  page: { origin },
  request: { api: 'fetch', url, headers: [], credentials: 'include', ...request },
  cookies: [{ url: 'https://api.other.example/', set: ['sid=1; SameSite=None; Secure', 'lax=1; SameSite=Lax'] }],
  server: [{ url, preflight: { status: 204, headers }, response: { status: 200, headers } }],
})
const marks = (request: Partial<Scenario['request']>, exchange: number) => cookieMarks(predict(scenario(request), 'standard'), exchange)

describe('the marks of cookies on the wire', () => {
  it('tell which are sent, which stay, and what becomes of each Set-Cookie line', () =>
    expect(marks({}, 0)).toEqual({
      request: [{ isGood: true, text: 'sent: sid' }],
      stayed: ['`lax` stays behind: it is SameSite=Lax, and the request is cross-site.'],
      answer: [
        { isGood: true, text: 'kept' },
        { isGood: false, text: 'not kept: it is SameSite=None without Secure' },
        { isGood: false, text: 'not kept: it is for its own site only, and the request is cross-site' },
      ],
    }))

  it('are none on a preflight, which neither sends nor takes cookies', () => {
    expect(marks({ method: 'PUT' }, 0)).toEqual({ request: [], stayed: [], answer: [] })
    expect(marks({ method: 'PUT' }, 1).request).toEqual([{ isGood: true, text: 'sent: sid' }])
  })

  it('say that the credentials mode keeps cookies out both ways', () => {
    const { request, stayed, answer } = marks({ credentials: 'omit' }, 0)
    expect(request).toEqual([])
    expect(stayed).toEqual([
      '`sid` stays behind: credentials mode `omit` sends no cookies here.',
      '`lax` stays behind: credentials mode `omit` sends no cookies here.',
    ])
    expect(answer.map(({ text }) => text)).toEqual(Array(3).fill('not kept: credentials mode `omit` takes none here'))
  })
})
