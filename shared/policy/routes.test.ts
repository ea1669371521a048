import { describe, expect, it } from 'vitest'
import type { MockResponse, Route } from './mock-server.ts'
import { newPolicy } from './policy.ts'
import { respond, type ServedRequest } from './respond.ts'

const page = 'http://localhost:5173'
const text = (body: string): MockResponse => ({ kind: 'fixed', status: 200, headers: [], body })
const route = (changes: Partial<Route>): Route => ({
  id: 'r',
  method: 'GET',
  path: '/items/:id',
  response: text('route'),
  delay: 0,
  needsCredentials: false,
  cookies: [],
  policy: null,
  faults: null,
  ...changes,
})
const server = (...routes: Route[]) => ({ policy: newPolicy, response: text('server'), routes })
const get = (target: string, more: ServedRequest['headerList'] = []): ServedRequest => ({
  method: 'GET',
  target,
  headerList: [['Origin', page], ...more],
  body: '',
})
const preflight = (target: string, method: string): ServedRequest => ({
  ...get(target, [['Access-Control-Request-Method', method]]),
  method: 'OPTIONS',
})

describe('a route', () => {
  it('answers in place of the server, and is named in the answer', () => {
    expect(respond(server(route({})), get('/items/7?x'))).toMatchObject({ body: 'route', route: 'GET /items/:id', handled: true })
    expect(respond(server(route({})), get('/orders'))).toMatchObject({ body: 'server' })
  })

  it('sends its cookies as lines of their own, after its headers', () => {
    const cookies = ['a=1; Path=/', 'b=2; SameSite=None; Secure']
    const { headerList } = respond(
      server(route({ response: { ...text(''), headers: [['X-A', '1']] } as MockResponse, cookies })),
      get('/items/7'),
    )
    expect(headerList.slice(0, 3)).toEqual([['X-A', '1'], ...cookies.map((cookie) => ['Set-Cookie', cookie])])
  })

  it('with a policy of its own answers preflights by it, by the method that they ask for', () => {
    const own = route({ method: 'PUT', policy: { ...newPolicy, methods: ['X-OWN'] } })
    const methods = (method: string) =>
      respond(server(own), preflight('/items/7', method)).headerList.find(([name]) => name === 'Access-Control-Allow-Methods')?.[1]
    expect(methods('PUT')).toBe('X-OWN')
    expect(methods('DELETE')).toBe('PUT, PATCH, DELETE')
  })

  it('with faults of its own, none of them even, does not have the server’s', () => {
    const faulty = { ...server(route({ faults: [] })), faults: ['connection-dropped' as const] }
    expect(respond(faulty, get('/items/7')).drop).toBeUndefined()
    expect(respond(faulty, get('/orders')).drop).toBe(true)
  })

  it('carries its delay, but not for a preflight', () => {
    expect(respond(server(route({ delay: 250 })), get('/items/7')).delay).toBe(250)
    expect(respond(server(route({ delay: 250 })), preflight('/items/7', 'GET')).delay).toBeUndefined()
  })

  it.each([
    ['nothing', [], 401],
    ['a cookie', [['cookie', 'a=1']], 200],
    ['Authorization', [['Authorization', 'Bearer x']], 200],
  ] as const)('that needs credentials answers a request with %s: %3$i', (_, headers, status) => {
    const answer = respond(server(route({ needsCredentials: true })), get('/items/7', headers))
    expect(answer).toMatchObject({ status, handled: status === 200 })
    expect(answer.headerList).toContainEqual(['Access-Control-Allow-Origin', page])
  })
})

describe('what a route says', () => {
  it('as JSON has its content type, unless it names one', () => {
    const json = (headers: [string, string][]): MockResponse => ({ kind: 'json', status: 201, headers, body: '{"a":1}' })
    expect(respond(server(route({ response: json([]) })), get('/items/7'))).toMatchObject({ status: 201, body: '{"a":1}' })
    expect(respond(server(route({ response: json([]) })), get('/items/7')).headerList[0]).toEqual(['Content-Type', 'application/json'])
    expect(respond(server(route({ response: json([['content-type', 'text/plain']]) })), get('/items/7')).headerList[0]).toEqual([
      'content-type',
      'text/plain',
    ])
  })

  it.each([200, 302, 308, 404])('as a redirect is any status, %i, with a Location and no body', (status) => {
    const response: MockResponse = { kind: 'redirect', status, headers: [], location: 'https://elsewhere.example/a?b' }
    const answer = respond(server(route({ response })), get('/items/7'))
    expect(answer).toMatchObject({ status, body: '' })
    expect(answer.headerList[0]).toEqual(['Location', 'https://elsewhere.example/a?b'])
    expect(answer.headerList).toContainEqual(['Content-Length', '0'])
  })

  it('as a file is the file’s name, its type and chunks', () => {
    const response: MockResponse = { kind: 'file', status: 200, headers: [], file: 'logos/a.svg' }
    const answer = respond(server(route({ response })), get('/items/7'))
    expect(answer).toMatchObject({ file: 'logos/a.svg', body: '' })
    expect(answer.headerList).toContainEqual(['Content-Type', 'image/svg+xml'])
    expect(answer.headerList.at(-1)).toEqual(['Transfer-Encoding', 'chunked'])
    expect(respond(server(route({ response, method: 'HEAD' })), { ...get('/items/7'), method: 'HEAD' }).file).toBeUndefined()
  })

  it('as a file that is not to be had is a 404 with the policy’s headers', () => {
    const response: MockResponse = { kind: 'file', status: 200, headers: [], file: 'gone.txt' }
    const answer = respond(server(route({ response })), get('/items/7'), { missingFile: true })
    expect(answer.status).toBe(404)
    expect(answer.file).toBeUndefined()
    expect(answer.headerList).toContainEqual(['Access-Control-Allow-Origin', page])
  })
})
