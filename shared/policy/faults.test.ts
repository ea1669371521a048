import { describe, expect, it } from 'vitest'
import { get } from '#shared/fetch/header-list'
import { faultNames, type FaultName, type FaultOptions, defaultFaultOptions } from './fault-names.ts'
import { faults } from './faults.ts'
import type { MockResponse } from './mock-server.ts'
import { newPolicy, type Policy } from './policy.ts'
import { respond, type AnsweringServer, type ServedRequest } from './respond.ts'
import { cacheAfter, emptySharedCache } from './shared-cache.ts'

const page = 'https://app.example.com'
const policy: Policy = { ...newPolicy, origins: [page], credentials: true }
const ok: MockResponse = { kind: 'fixed', status: 200, headers: [], body: 'ok' }
const server = (fault: FaultName, changes: { policy?: Policy; response?: MockResponse; faultOptions?: Partial<FaultOptions> } = {}) => ({
  policy,
  response: ok,
  faults: [fault],
  ...changes,
  faultOptions: { ...defaultFaultOptions, ...changes.faultOptions },
})
const request: ServedRequest = { method: 'GET', target: '/orders', headerList: [['Origin', page]], body: '' }
const preflight: ServedRequest = {
  ...request,
  method: 'OPTIONS',
  headerList: [
    ['Origin', page],
    ['Access-Control-Request-Method', 'PUT'],
  ],
}
const sent = (fault: FaultName, name: string, asked = request, changes = {}) => get(respond(server(fault, changes), asked).headerList, name)
const allowOrigin = 'Access-Control-Allow-Origin'

describe('the table of faults', () => {
  it('tells of every fault, and of none twice', () => {
    expect(faults.map(({ name }) => name).sort()).toEqual([...faultNames].sort())
  })

  it('says in whole sentences what happens, and which stack does it', () => {
    for (const { happens, stack } of faults) {
      expect(happens).toMatch(/^\S.+\.$/)
      expect(stack).toMatch(/^\S.+\.$/)
    }
  })
})

describe('a fault of the preflight', () => {
  it('preflight-needs-auth: 401 without CORS headers; the request itself is answered', () => {
    const answer = respond(server('preflight-needs-auth'), preflight)
    expect(answer.status).toBe(401)
    expect(get(answer.headerList, allowOrigin)).toBeNull()
    expect(respond(server('preflight-needs-auth'), request).status).toBe(200)
  })

  it.each([404, 405] as const)('options-not-routed: %i without CORS headers', (optionsStatus) => {
    const answer = respond(server('options-not-routed', { faultOptions: { optionsStatus } }), preflight)
    expect(answer.status).toBe(optionsStatus)
    expect(get(answer.headerList, allowOrigin)).toBeNull()
  })

  it.each([
    ['/orders?page=2', '/orders/?page=2'],
    ['/orders/', '/orders'],
    ['/', '/login'],
  ])('preflight-redirected: from %s to %s', (target, location) => {
    const answer = respond(server('preflight-redirected', { faultOptions: { redirectStatus: 301 } }), { ...preflight, target })
    expect(answer.status).toBe(301)
    expect(get(answer.headerList, 'Location')).toBe(location)
  })

  it('slow-preflight: late by so much, the request at once', () => {
    const slow = server('slow-preflight', { faultOptions: { preflightDelay: 1500 } })
    expect(respond(slow, preflight)).toMatchObject({ status: 204, delay: 1500 })
    expect(respond(slow, request).delay).toBeUndefined()
  })
})

describe('a fault in the headers', () => {
  it.each<[FaultName, string]>([
    ['allow-origin-twice', `${page}, *`],
    ['allow-origin-list', `${page}, https://www.example.com`],
    ['origin-in-other-case', 'https://APP.EXAMPLE.COM'],
    ['origin-with-slash', `${page}/`],
    ['origin-with-default-port', `${page}:443`],
  ])('%s: Access-Control-Allow-Origin is %s, for preflights, too', (fault, value) => {
    expect(sent(fault, allowOrigin)).toBe(value)
    expect(sent(fault, allowOrigin, preflight)).toBe(value)
  })

  it('allow-origin-twice: two lines, and none for an origin that is not let in', () => {
    const lines = respond(server('allow-origin-twice'), request).headerList.filter(([name]) => name === allowOrigin)
    expect(lines).toEqual([
      [allowOrigin, page],
      [allowOrigin, '*'],
    ])
    expect(sent('allow-origin-twice', allowOrigin, { ...request, headerList: [['Origin', 'https://evil.example']] })).toBeNull()
  })

  it('allow-origin-list: the whole list of the policy', () =>
    expect(sent('allow-origin-list', allowOrigin, request, { policy: { ...policy, origins: ['http://localhost:*', page] } })).toBe(
      `${page}, http://localhost:*`,
    ))

  it.each<[FaultName, string]>([
    ['origin-in-other-case', 'http://LOCALHOST:5173'],
    ['origin-with-default-port', 'http://localhost:5173'],
  ])('%s leaves a port alone: %s', (fault, value) =>
    expect(sent(fault, allowOrigin, { ...request, headerList: [['Origin', 'http://localhost:5173']] }, { policy: newPolicy })).toBe(value),
  )

  it.each<FaultName>(['allow-origin-list', 'origin-in-other-case', 'origin-with-slash', 'origin-with-default-port'])(
    '%s leaves `*` as it is',
    (fault) => expect(sent(fault, allowOrigin, request, { policy: { ...policy, origins: 'any' } })).toBe('*'),
  )

  it('methods-in-lower-case', () =>
    expect(sent('methods-in-lower-case', 'Access-Control-Allow-Methods', preflight)).toBe('put, patch, delete'))
  it('credentials-capitalized', () => expect(sent('credentials-capitalized', 'Access-Control-Allow-Credentials')).toBe('True'))

  it('errors-lose-cors-headers: neither CORS headers nor Vary from 400 on, all of them before', () => {
    const names = (status: number) =>
      respond(server('errors-lose-cors-headers', { response: { ...ok, status } as MockResponse }), request).headerList.map(([name]) => name)
    expect(names(404)).toEqual(['Content-Length'])
    expect(names(399)).toContain(allowOrigin)
  })
})

describe('the shared cache of no-vary-behind-a-cache', () => {
  const other = { ...request, headerList: [['Origin', 'https://other.example']] as const }
  const cached = server('no-vary-behind-a-cache', { policy: { ...policy, origins: 'asked' } })

  it('gives the first origin’s answer to everybody who asks for the same', () => {
    const first = respond(cached, request, { cache: emptySharedCache })
    expect(get(first.headerList, 'X-Cache')).toBe('MISS')
    expect(get(first.headerList, 'Vary')).toBeNull()
    const cache = cacheAfter(emptySharedCache, first)
    const second = respond(cached, other, { cache })
    expect(get(second.headerList, allowOrigin)).toBe(page)
    expect(get(second.headerList, 'X-Cache')).toBe('HIT')
    expect(second).toMatchObject({ body: 'ok', handled: false })
    expect(get(respond(cached, { ...other, target: '/orders?b' }, { cache }).headerList, allowOrigin)).toBe('https://other.example')
  })

  it('says where nobody told what it holds', () => {
    expect(respond(cached, request).needsCache).toBe(true)
    expect(respond(cached, preflight).needsCache).toBeUndefined()
  })

  it.each<[string, ServedRequest, AnsweringServer]>([
    ['a POST', { ...request, method: 'POST' }, cached],
    ['a request with Authorization', { ...request, headerList: [...request.headerList, ['Authorization', 'x']] }, cached],
    ['an error', request, { ...cached, response: { ...ok, status: 500 } }],
    ['an answer that sets a cookie', request, { ...cached, response: { ...ok, headers: [['Set-Cookie', 'a']] } }],
  ])('does not keep %s', (_, asked, asking) =>
    expect(cacheAfter(emptySharedCache, respond(asking, asked, { cache: emptySharedCache }))).toBe(emptySharedCache),
  )

  it('holds a hundred answers, the last ones', () => {
    let cache = emptySharedCache
    for (let n = 0; n < 150; n++) cache = cacheAfter(cache, respond(cached, { ...request, target: `/${n}` }, { cache }))
    expect(Object.keys(cache)).toHaveLength(100)
    expect(respond(cached, { ...other, target: '/149' }, { cache }).handled).toBe(false)
    expect(respond(cached, { ...other, target: '/0' }, { cache }).handled).toBe(true)
  })
})

describe('a fault of the connection', () => {
  it.each([
    ['both', true, true],
    ['preflight', true, undefined],
    ['request', undefined, true],
  ] as const)('connection-dropped, %s', (dropped, first, then) => {
    const dropping = server('connection-dropped', { faultOptions: { dropped } })
    expect([respond(dropping, preflight).drop, respond(dropping, request).drop]).toEqual([first, then])
  })

  it('http-1.0-close: no length, and the connection’s end is the end', () => {
    const answer = respond(server('http-1.0-close'), request)
    expect(answer.closes).toBe(true)
    expect(answer.headerList.at(-1)).toEqual(['Connection', 'close'])
    expect(get(answer.headerList, 'Content-Length')).toBeNull()
  })
})

describe('what a refused origin gets', () => {
  const stranger = { ...request, headerList: [['Origin', 'https://evil.example']] as const }
  const refusing = (refusedOrigin: Policy['refusedOrigin'], origins: Policy['origins'] = [page, 'https://b.example']) => ({
    policy: { ...policy, refusedOrigin, origins },
    response: ok,
  })

  it('is the first entry of the list, to a request without Origin as well', () => {
    expect(get(respond(refusing('first-origin'), stranger).headerList, allowOrigin)).toBe(page)
    expect(get(respond(refusing('first-origin'), { ...request, headerList: [] }).headerList, allowOrigin)).toBe(page)
    expect(get(respond(refusing('first-origin', []), stranger).headerList, allowOrigin)).toBeNull()
  })

  it('is 403 with Vary and without the handler, to preflights as to requests; not to a request without Origin', () => {
    const answer = respond(refusing('403'), stranger)
    expect(answer).toMatchObject({ status: 403, handled: false })
    expect(answer.headerList).toContainEqual(['Vary', 'Origin'])
    expect(get(answer.headerList, allowOrigin)).toBeNull()
    expect(respond(refusing('403'), { ...preflight, headerList: [...stranger.headerList, ...preflight.headerList.slice(1)] }).status).toBe(
      403,
    )
    expect(respond(refusing('403'), request).status).toBe(200)
    expect(respond(refusing('403'), { ...request, headerList: [] }).status).toBe(200)
  })
})
