import { expect, it } from 'vitest'
import { answersOfServerSteps } from '../answers.ts'
import { plain } from '../prose.ts'
import { cacheAt } from './cache-at.ts'
import { seconds, summary, trapWords } from './words.ts'

const url = 'http://api.test/orders?of=me'
const allowing = (methods: string) => {
  const origin = ['Access-Control-Allow-Origin', '*'] as [string, string]
  const headers: [string, string][] = [origin, ['Access-Control-Allow-Methods', methods], ['Access-Control-Max-Age', '600']]
  return answersOfServerSteps([{ url, preflight: { status: 204, headers }, response: { status: 200, headers: [origin] } }])
}
const told = (after: number[], now: string) => {
  const put = { api: 'fetch' as const, url, method: 'PUT', headers: [] }
  const then = after.map((wait) => ({ ...put, method: 'DELETE', after: wait }))
  const scenario = { id: 's', page: { origin: 'http://app.test' }, request: put, then }
  return { scenario, profile: 'webkit' as const, answer: allowing(now), before: allowing('PUT, DELETE') }
}
const at = (now: number) => ({ now, clearedAt: null })

it.each([
  [12, '12 s'],
  [588.5, '588.5 s'],
  [0.1 + 0.2, '0.3 s'],
  [86_400, '86,400 s'],
])('%d seconds are %s', (value, text) => expect(seconds(value)).toBe(text))

it('what is kept and who asks is one sentence', () => {
  expect(summary(cacheAt(told([], 'PUT, DELETE'), at(12)), 12)).toBe(
    'At 12 s: 2 entries are kept; the request, sent then, would send no OPTIONS.',
  )
  expect(summary(cacheAt(told([5000], 'PUT, DELETE'), at(600)), 600)).toBe(
    'At 600 s: nothing is kept; 2 of 2 requests, sent then, would send OPTIONS.',
  )
})

it('the trap of a policy that was changed says who goes by what, for how long, and what would come of it now', () => {
  expect(plain(trapWords(cacheAt(told([], 'DELETE'), at(10)), 'webkit')?.sentence ?? '')).toBe(
    'For 590 s more, WebKit goes by what it keeps from before the change, and lets through the request, PUT /orders?of=me. Asked anew, it is blocked: the server does not allow PUT.',
  )
  expect(plain(trapWords(cacheAt(told([5000], 'GET'), at(10)), 'webkit')?.sentence ?? '')).toContain(
    'lets through request 1, PUT /orders?of=me and request 2, DELETE /orders?of=me. Asked anew, the first is blocked: the server does not allow PUT.',
  )
  expect(trapWords(cacheAt(told([], 'PUT'), at(10)), 'webkit')).toBeNull()
})
