import { describe, expect, it } from 'vitest'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { newPolicy, type Policy } from '#shared/policy/policy'
import type { Scenario } from '#shared/scenario/scenario'
import { inEveryEngine } from '../../stores/in-every-engine.ts'
import { addedByTheBrowser, headerNote } from './header-note.ts'

function note(name: string, value: string, request: Partial<Scenario['request']> = {}, policy: Partial<Policy> = {}) {
  const server = { policy: { ...newPolicy, origins: ['http://app.example.com'], ...policy }, response: { kind: 'echo' as const } }
  const scenario: Scenario = {
    id: 'x',
    page: { origin: 'http://app.example.com' },
    request: { api: 'fetch', url: 'http://localhost:4001/', headers: [[name, value]], ...request },
  }
  return headerNote(name, value, inEveryEngine(scenario, answersOfMockServers([{ server, port: 4001 }])), 'chromium')
}

describe('the note beside a header', () => {
  it('says that it triggers a preflight, and whether the server refuses it', () => {
    expect(note('Content-Type', 'application/json')).toEqual({ kind: 'preflight', text: 'triggers preflight', refused: false })
    expect(note('X-API-Key', 'k')).toEqual({ kind: 'preflight', text: 'triggers preflight', refused: true })
  })

  it('names the engines where they differ', () => {
    expect(note('Save-Data', 'on')).toMatchObject({ text: 'triggers preflight in Fx, Wk, Std', more: 'Chromium treats it as safelisted' })
  })

  it('tells safelisted from merely not asked about', () => {
    expect(note('Accept', 'text/html')).toMatchObject({ kind: 'safelisted' })
    expect(note('X-API-Key', 'k', { url: 'http://app.example.com/' })).toMatchObject({ kind: 'plain', text: 'no preflight here' })
  })

  it('says what scripts may not set, and what a no-cors request drops', () => {
    expect(note('Cookie', 'a=1')).toMatchObject({ kind: 'forbidden' })
    expect(note('X-API-Key', 'k', { mode: 'no-cors' })).toMatchObject({ kind: 'removed' })
  })

  it.each([
    ['X Key', 'k', 'not a header name'],
    ['', 'k', 'not a header name'],
    ['X-Key', 'a\nb', 'not a header value'],
    ['X-Key', '\u4e2d', 'not a header value'],
  ])('says that %j: %j is none', (name, value, text) => {
    expect(note(name, value)).toMatchObject({ kind: 'invalid', text })
  })
})

describe('what the browser adds', () => {
  it('is everything that the script did not write', () => {
    const written = [['x-key', 'k']] as const
    const headerList = [['X-Key', 'k'] as const, ['Origin', 'http://app.example.com'] as const]
    const sent = {
      kind: 'request',
      method: 'GET',
      url: 'https://api.example.com/',
      origin: null,
      headerList,
      body: null,
      answer: { type: 'unanswered' },
    } as const
    expect(addedByTheBrowser(written, { exchanges: [sent] })).toEqual([['Origin', 'http://app.example.com']])
  })
})
