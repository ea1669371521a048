import { describe, expect, it } from 'vitest'
import type { MockResponse } from '#shared/policy/mock-server'
import { answerText, delayText, ownText, routeName } from './route-text.ts'

describe('a route in words', () => {
  it.each<[MockResponse, string]>([
    [{ kind: 'echo' }, '200 echo'],
    [{ kind: 'fixed', status: 200, headers: [], body: 'hello' }, '200 text'],
    [{ kind: 'fixed', status: 204, headers: [], body: '' }, '204'],
    [{ kind: 'json', status: 201, headers: [], body: '{}' }, '201 json'],
    [{ kind: 'file', status: 200, headers: [], file: 'a/b.png' }, '200 file'],
    [{ kind: 'redirect', status: 302, headers: [], location: '/files' }, '302 /files'],
  ])('answers %j as %s', (response, text) => {
    expect(answerText(response)).toBe(text)
  })

  it.each([
    [0, ''],
    [250, '250 ms'],
    [3000, '3 s'],
    [3500, '3.5 s'],
  ])('waits %d ms as %j', (milliseconds, text) => {
    expect(delayText(milliseconds)).toBe(text)
  })

  it('is named by its method and path, and says what is its own', () => {
    expect(routeName({ method: '*', path: '/files/*' })).toBe('Any /files/*')
    expect(ownText({ policy: null, faults: null })).toBeNull()
    expect(ownText({ policy: null, faults: [] })).toBe('own faults')
  })
})
