import { describe, expect, it } from 'vitest'
import { newPolicy, type Policy } from './policy.ts'
import { echoLimit, respond, type ServedRequest } from './respond.ts'
import type { MockResponse } from './mock-server.ts'

const page = 'http://localhost:5173'
const request: ServedRequest = { method: 'GET', target: '/orders?page=2', headerList: [['Origin', page]], body: '' }
const preflight: ServedRequest = {
  ...request,
  method: 'OPTIONS',
  headerList: [
    ['Origin', page],
    ['Access-Control-Request-Method', 'chicken'],
    ['Access-Control-Request-Headers', 'content-type,x-api-key'],
  ],
}
const fixed: MockResponse = { kind: 'fixed', status: 200, headers: [['content-type', 'text/plain']], body: 'hé' }
const server = (policy: Partial<Policy> = {}, response: MockResponse = fixed) => ({ policy: { ...newPolicy, ...policy }, response })

describe('respond to a CORS-preflight request', () => {
  it('answers with the policy alone, in a fixed order', () => {
    const policy: Partial<Policy> = { credentials: true, exposedHeaders: ['x-total'], vary: { origin: true, preflight: true } }
    expect(respond(server(policy), preflight)).toEqual({
      status: 204,
      statusMessage: 'No Content',
      headerList: [
        ['Access-Control-Allow-Origin', page],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Methods', 'PUT, PATCH, DELETE'],
        ['Access-Control-Allow-Headers', 'content-type'],
        ['Access-Control-Max-Age', '600'],
        ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
      ],
      body: '',
      handled: false,
    })
  })

  it('gives back what is asked for, letter case and all', () => {
    const { headerList } = respond(server({ origins: 'asked', methods: 'asked', requestHeaders: 'asked', maxAge: null }), preflight)
    expect(headerList).toEqual([
      ['Access-Control-Allow-Origin', page],
      ['Access-Control-Allow-Methods', 'chicken'],
      ['Access-Control-Allow-Headers', 'content-type,x-api-key'],
      ['Vary', 'Origin'],
    ])
  })

  it('keeps the status and Vary, and says nothing else, to an origin that is not let in', () => {
    const answer = respond(server({ origins: ['https://app.example.com'], preflightStatus: 200 }), preflight)
    expect(answer).toEqual({
      status: 200,
      statusMessage: 'OK',
      headerList: [
        ['Vary', 'Origin'],
        ['Content-Length', '0'],
      ],
      body: '',
      handled: false,
    })
  })

  it('leaves out a list that is empty', () => {
    const names = respond(server({ methods: [], requestHeaders: [] }), preflight).headerList.map(([name]) => name)
    expect(names).toEqual(['Access-Control-Allow-Origin', 'Access-Control-Max-Age', 'Vary'])
  })

  it.each([
    ['without Origin', preflight.headerList.slice(1)],
    ['without Access-Control-Request-Method', [['Origin', page]] as const],
  ])('an OPTIONS request %s is not one', (_, headerList) => {
    expect(respond(server(), { ...preflight, headerList })).toMatchObject({ status: 200, body: 'h\xc3\xa9' })
  })

  it('a GET request with Access-Control-Request-Method is not one', () => {
    expect(respond(server(), { ...preflight, method: 'GET' }).status).toBe(200)
  })
})

describe('respond to everything else', () => {
  it('keeps the response’s own header lines in order and case, doubles too, before the policy’s', () => {
    const headers: [string, string][] = [
      ['X-B', '1'],
      ['x-b', '2'],
      ['Access-Control-Allow-Origin', '*'],
      ['Content-Type', 'text/plain'],
    ]
    expect(respond(server({ credentials: true, exposedHeaders: ['X-B', '*'] }, { ...fixed, headers, status: 404 }), request)).toEqual({
      status: 404,
      statusMessage: 'Not Found',
      headerList: [
        ...headers,
        ['Access-Control-Allow-Origin', page],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Expose-Headers', 'X-B, *'],
        ['Vary', 'Origin'],
        ['Content-Length', '3'],
      ],
      body: 'h\xc3\xa9',
      handled: true,
    })
  })

  it('echoes the request as JSON', () => {
    const answer = respond(server({}, { kind: 'echo' }), { ...request, method: 'patch', body: 'h\xc3\xa9' })
    expect(answer.headerList[0]).toEqual(['Content-Type', 'application/json'])
    expect(answer.headerList.at(-1)).toEqual(['Content-Length', String(answer.body.length)])
    expect(JSON.parse(Buffer.from(answer.body, 'latin1').toString())).toEqual({
      method: 'patch',
      target: '/orders?page=2',
      headers: [['Origin', page]],
      body: 'hé',
    })
  })

  it('echoes the beginning of a large body and says how large it was', () => {
    const answer = respond(server({}, { kind: 'echo' }), { ...request, body: 'a'.repeat(echoLimit), bodySize: 50_000_000 })
    expect(JSON.parse(answer.body)).toMatchObject({ body: 'a'.repeat(echoLimit), bodySize: 50_000_000 })
  })

  it.each<[Policy['origins'], string | null, string | null]>([
    ['none', page, null],
    ['any', page, '*'],
    ['any', null, '*'],
    ['asked', 'null', 'null'],
    ['asked', null, null],
    [['null'], 'null', 'null'],
    [[page], 'null', null],
    [['http://localhost:*'], page, page],
    [[page], null, null],
  ])('origins %j and the Origin %s: Access-Control-Allow-Origin is %s', (origins, origin, expected) => {
    const { headerList } = respond(server({ origins }), { ...request, headerList: origin === null ? [] : [['Origin', origin]] })
    expect(headerList.find(([name]) => name === 'Access-Control-Allow-Origin')?.[1] ?? null).toBe(expected)
    expect(headerList).toContainEqual(['Vary', 'Origin'])
  })

  it('sends neither credentials nor exposed names to an origin that is not let in', () => {
    const { headerList } = respond(
      server({ origins: [], credentials: true, exposedHeaders: ['x-total'], vary: { origin: false, preflight: true } }),
      request,
    )
    expect(headerList).toEqual([
      ['content-type', 'text/plain'],
      ['Content-Length', '3'],
    ])
  })

  it.each([
    ['HEAD', 200, ['Content-Length', '3']],
    ['GET', 205, ['Content-Length', '0']],
  ] as const)('%s, status %s: no body, yet a length', (method, status, length) => {
    const answer = respond(server({}, { ...fixed, status }), { ...request, method })
    expect(answer).toMatchObject({ body: '', headerList: expect.arrayContaining([length]) as unknown })
  })

  it.each([204, 304])('status %i: neither body nor length', (status) => {
    const answer = respond(server({}, { ...fixed, status }), request)
    expect(answer.body).toBe('')
    expect(answer.headerList.map(([name]) => name)).not.toContain('Content-Length')
  })

  it('sends no header line that would break the message apart', () => {
    const headers: [string, string][] = [
      ['X-A', 'a\r\nSet-Cookie: b'],
      ['Not a token', '1'],
      ['', '2'],
      ['Content-Length', '999'],
      ['transfer-encoding', 'chunked'],
      ['X-U', '\u010a€'],
      ['X-L', ' \xe9 '],
    ]
    expect(
      respond(server({ origins: 'none', vary: { origin: false, preflight: false } }, { ...fixed, headers }), request).headerList,
    ).toEqual([
      ['X-A', 'a  Set-Cookie: b'],
      ['X-U', '\xc4\x8a\xe2\x82\xac'],
      ['X-L', '\xe9'],
      ['Content-Length', '3'],
    ])
  })
})
