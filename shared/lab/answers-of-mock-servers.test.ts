import { describe, expect, it } from 'vitest'
import type { HTTPNetworkFetch } from '#shared/fetch/steps'
import { newPolicy } from '#shared/policy/policy'
import { answersOfMockServers } from './answers-of-mock-servers.ts'

const echo = { policy: newPolicy, response: { kind: 'echo' as const } }
const fixed = { policy: newPolicy, response: { kind: 'fixed' as const, status: 418, headers: [], body: '' } }
const answers = answersOfMockServers([
  { server: echo, port: 4001 },
  { server: fixed, port: 80 },
])
const fetch = (url: string): HTTPNetworkFetch => ({
  kind: 'request',
  method: 'POST',
  url,
  headerList: [['Origin', 'http://localhost:5173']],
  body: null,
  includeCredentials: false,
})

describe('answersOfMockServers', () => {
  it.each(['http://localhost:4001/a?b', 'http://127.0.0.1:4001/', 'http://[::1]:4001/', 'http://api.localhost:4001/'])(
    'answers %s as the server at that port',
    (url) => {
      expect(answers(fetch(url))).toMatchObject({ type: 'response', status: 200 })
    },
  )

  it('takes 80 for the port of a URL without one', () => {
    expect(answers(fetch('http://localhost/'))).toMatchObject({ status: 418 })
  })

  it.each([
    'http://localhost:4002/',
    'https://localhost:4001/',
    'http://example.com:4001/',
    'http://127.0.0.2:4001/',
    'http://localhost.example.com:4001/',
  ])('leaves %s unanswered', (url) => {
    expect(answers(fetch(url))).toEqual({ type: 'unanswered' })
  })

  it('hands over the request as the lab sends it', () => {
    const answer = answers(fetch('http://localhost:4001/a?b'))
    expect(JSON.parse(answer.type === 'response' ? (answer.body ?? '') : '')).toEqual({
      method: 'POST',
      target: '/a?b',
      headers: [
        ['Host', 'localhost:4001'],
        ['Connection', 'keep-alive'],
        ['Content-Length', '0'],
        ['Origin', 'http://localhost:5173'],
      ],
      body: '',
    })
  })
})
