import { describe, expect, it } from 'vitest'
import type { HTTPNetworkFetch } from '#shared/fetch/steps'
import { newPolicy } from '#shared/policy/policy'
import { answersOfMockServers, answersToEach } from './answers-of-mock-servers.ts'

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

  it.each(['http://localhost:4002/', 'http://example.com:4001/', 'http://127.0.0.2:4001/', 'http://localhost.example.com:4001/'])(
    'leaves %s unanswered',
    (url) => {
      expect(answers(fetch(url))).toEqual({ type: 'unanswered' })
    },
  )

  it('is heard by nobody where it asks for https, and the server speaks http', () => {
    expect(answers(fetch('https://localhost:4001/'))).toEqual({
      type: 'network-error',
      isUnheard: true,
      reason: 'No server speaks https at https://localhost:4001.',
    })
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

describe('the names that servers answer for', () => {
  const named = answersOfMockServers([
    { server: { ...echo, hosts: ['https://api.example.com', 'http://other.example:8080/'] }, port: 4001 },
    { server: { ...fixed, scheme: 'https' as const }, port: 4443 },
  ])
  const status = (url: string) => {
    const answer = named(fetch(url))
    return answer.type === 'response' ? answer.status : answer.type
  }

  it.each([
    ['https://api.example.com/a', 200],
    ['http://api.example.com/', 'unanswered'],
    ['https://api.example.com:4001/', 'unanswered'],
    ['http://other.example:8080/', 200],
    ['http://other.example/', 'unanswered'],
    ['http://localhost:4001/', 200],
    ['https://localhost:4001/', 200],
    ['https://localhost:4443/', 418],
    ['http://localhost:4443/', 400],
    ['http://api.example.com:443/', 'unanswered'],
  ])('%s: %s', (url, expected) => expect(status(url)).toBe(expected))
})

describe('what a prediction knows of a server’s faults', () => {
  const faulty = (changes: object) => ({ server: { ...fixed, ...changes }, port: 80 })

  it('is a network error where it drops the connection', () =>
    expect(answersOfMockServers([faulty({ faults: ['connection-dropped'] })])(fetch('http://localhost/'))).toMatchObject({
      type: 'network-error',
    }))

  it('is nothing where a shared cache may have another answer, until it is told what the cache holds', () => {
    const server = { ...fixed, response: { ...fixed.response, status: 200 }, policy: { ...newPolicy, origins: 'asked' as const } }
    const cached = faulty({ ...server, faults: ['no-vary-behind-a-cache'] })
    const get = (origin: string) => ({ ...fetch('http://localhost/'), method: 'GET', headerList: [['Origin', origin]] as const })
    expect(answersOfMockServers([cached])(get('https://a.example'))).toEqual({ type: 'unanswered' })
    const answers = answersOfMockServers([{ ...cached, cache: {} }])
    answers(get('https://a.example'))
    expect(answers(get('https://b.example'))).toMatchObject({
      headerList: expect.arrayContaining([['Access-Control-Allow-Origin', 'https://a.example']]) as unknown,
    })
  })

  it('is for each scenario as if nobody had asked before, where many are asked about', () => {
    const server = { ...fixed, response: { ...fixed.response, status: 200 }, policy: { ...newPolicy, origins: 'asked' as const } }
    const answersTo = answersToEach([{ ...faulty({ ...server, faults: ['no-vary-behind-a-cache'] }), cache: {} }])
    for (const origin of ['https://a.example', 'https://b.example'])
      expect(answersTo()({ ...fetch('http://localhost/'), method: 'GET', headerList: [['Origin', origin]] })).toMatchObject({
        headerList: expect.arrayContaining([['Access-Control-Allow-Origin', origin]]) as unknown,
      })
  })

  it('is the head alone where the body is a file’s', () => {
    const answer = answersOfMockServers([faulty({ response: { kind: 'file', status: 200, headers: [], file: 'a.png' } })])(
      fetch('http://localhost/'),
    )
    expect(answer).toMatchObject({ type: 'response', status: 200 })
    expect(answer).not.toHaveProperty('body')
  })
})
