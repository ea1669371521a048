import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parseHead, parseRequestLine, writeHead } from '#shared/codecs/raw-http'
import { isCORSPreflightRequest } from '#shared/policy/cors-headers'
import { findingsOf } from '#shared/policy/findings'
import { trafficFindingCodes } from '#shared/policy/findings/finding'
import { newMockServer, Route, type MockServer } from '#shared/policy/mock-server'
import { newPolicy, Policy } from '#shared/policy/policy'
import { respond } from '#shared/policy/respond'
import { refusedTraffic, type HeardExchange } from './refused-traffic.ts'
import { readServed } from './served-exchange.ts'

const app = 'https://app.example.com'
const serverWith = (policy: Partial<Policy>, more: Partial<MockServer> = {}) =>
  newMockServer({ id: 's', name: 'API', port: 4001, policy: { ...newPolicy, origins: [app], ...policy }, ...more })

/** As it would stand in the log of that server. */
function heard(server: MockServer, ...lines: string[]): HeardExchange {
  const request = `${[lines[0], 'Host: localhost:4001', ...lines.slice(1)].join('\r\n')}\r\n\r\n`
  const { startLine, headerList } = parseHead(request)
  const { method, target } = parseRequestLine(startLine) ?? { method: '', target: '' }
  const { status, statusMessage, headerList: answered, route = null } = respond(server, { method, target, headerList, body: '' })
  const served = readServed({ request, response: writeHead(`HTTP/1.1 ${status} ${statusMessage}`, answered) }, server)
  if (served === null) throw new Error('no request')
  return { exchange: { kind: isCORSPreflightRequest({ method, headerList }) ? 'preflight' : 'request', route }, served }
}
const get = (server: MockServer, origin: string, path = '/orders', ...more: string[]) =>
  heard(server, `GET ${path} HTTP/1.1`, `Origin: ${origin}`, ...more)
const preflight = (server: MockServer, origin: string, method: string, ...names: string[]) =>
  heard(
    server,
    'OPTIONS /orders HTTP/1.1',
    `Origin: ${origin}`,
    `Access-Control-Request-Method: ${method}`,
    ...(names.length === 0 ? [] : [`Access-Control-Request-Headers: ${names.join(',')}`]),
  )
const found = (server: MockServer, log: readonly HeardExchange[], isAll = true) => refusedTraffic(server, log, isAll)
const sentences = (server: MockServer, log: readonly HeardExchange[]) => found(server, log).map(({ finding }) => finding.sentence)

describe('traffic that is refused', () => {
  it('is told with how often, and the change that lets it in', () => {
    const server = serverWith({})
    const stranger = 'http://127.0.0.1:5173'
    const log = [
      ...[get(server, stranger), get(server, app), get(server, stranger, '/orders/2'), preflight(server, stranger, 'PATCH', 'x-key')],
      get(server, 'https://other.example'),
    ]
    const [first, second, ...more] = found(server, log).map(({ finding }) => finding)
    expect(more).toEqual([])
    expect(second?.sentence).toBe('`https://other.example` was refused once today, the last time for `GET /orders`.')
    expect(first).toMatchObject({ code: 'origin-refused', severity: 'notice', where: { field: 'origins', entry: stranger } })
    expect(first?.sentence).toBe('`http://127.0.0.1:5173` was refused 3 times today, the last time for `GET /orders/2`.')
    expect(found(server, log, false).map(({ finding }) => finding.sentence)).toEqual([
      '`http://127.0.0.1:5173` was refused at least 3 times today, the last time for `GET /orders/2`.',
      '`https://other.example` was refused at least once today, the last time for `GET /orders`.',
    ])
    expect(first?.fix.label).toBe(`Allow the origin ${stranger}; Allow the request header x-key`)
    // What else has been changed meanwhile stays.
    const mended = first?.fix.apply({ ...server.policy, origins: [app, 'https://new.example'], maxAge: 5, requestHeaders: ['X-Key'] })
    expect(mended).toEqual({
      ...server.policy,
      origins: [app, 'https://new.example', stranger],
      maxAge: 5,
      requestHeaders: ['X-Key'],
    })
  })

  it('is told wherever the server listens now', () => {
    const log = [get(serverWith({}), 'https://b.example')]
    expect(sentences(serverWith({}, { port: 4002 }), log)).toEqual(sentences(serverWith({}), log))
    expect(found(serverWith({}, { port: 4002 }), log)).toHaveLength(1)
  })

  it('is not hidden by all that was let in, and is not counted to the end where it is of more kinds than are looked into', () => {
    const server = serverWith({})
    const many = Array.from({ length: 12 }, (_, n) => `https://${n}.example`)
    const letIn = many.flatMap((_, n) => [
      get(server, app, '/', `Access-Control-Request-Method: M${n}`),
      get(server, app, '/', `Access-Control-Request-Method: M${n}`),
    ])
    expect(sentences(server, [...letIn, get(server, 'https://b.example')])).toHaveLength(1)
    expect(
      sentences(
        server,
        many.map((origin) => get(server, origin)),
      ).map((sentence) => sentence.includes('at least once')),
    ).toEqual(Array.from({ length: 10 }, () => true))
  })

  it('is no more once the policy lets it in, however old the log', () => {
    const before = serverWith({})
    const log = [get(before, 'https://b.example'), preflight(before, app, 'DELETE', 'x-key'), preflight(before, app, 'CHICKEN')]
    expect(sentences(before, log)).toEqual([
      '`https://b.example` was refused once today, the last time for `GET /orders`.',
      '`x-key` was refused to `https://app.example.com` once today, the last time for `DELETE /orders`.',
      '`CHICKEN` was refused to `https://app.example.com` once today, the last time for `CHICKEN /orders`.',
    ])
    const policy = found(before, log).reduce((now, { finding }) => finding.fix.apply(now), before.policy)
    expect(found({ ...before, policy }, log)).toEqual([])
    expect(findingsOf(policy).filter(({ severity }) => severity === 'broken')).toEqual([])
  })

  it('counts what was refused alone, where the policy changed and changed back', () => {
    const server = serverWith({})
    const open = serverWith({ origins: 'any' })
    const log = [server, open, server, open].map((each) => get(each, 'https://b.example'))
    expect(sentences(server, log)).toEqual(['`https://b.example` was refused twice today, the last time for `GET /orders`.'])
  })

  it('is offered no change that opens the door to everybody, or shuts it on others', () => {
    const server = serverWith({ origins: [app] })
    expect(found(server, [get(server, 'null')])).toEqual([])
    const open = serverWith({ origins: 'any' })
    expect(found(open, [get(open, app, '/orders', 'Cookie: a=1')])).toEqual([])
  })

  it('is nobody’s who was let in, asks no leave, or met a fault', () => {
    const server = serverWith({}, { faults: ['options-not-routed'] })
    const log = [
      get(server, app),
      heard(server, 'GET /orders HTTP/1.1'),
      get(server, 'https://b.example', '/', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Site: cross-site'),
      preflight(server, app, 'PUT'),
    ]
    expect(found(server, log)).toEqual([])
  })

  it('is told of the route whose own policy refuses', () => {
    const own = { ...newPolicy, origins: ['https://own.example'] }
    const routes = [v.parse(Route, { id: 'r', method: '*', path: '/own', response: { kind: 'echo' }, policy: own })]
    const server = serverWith({}, { routes })
    const [first, ...more] = found(server, [get(server, app, '/own'), get(server, app, '/own')])
    expect(more).toEqual([])
    expect(first?.routeId).toBe('r')
    expect(first?.finding.fix.apply(own).origins).toEqual(['https://own.example', app])
  })
})

describe('the pages of these findings', () => {
  it.each(trafficFindingCodes)('%s has an example that the finding is about, which its fix mends', (code) => {
    const page = readFileSync(resolve(import.meta.dirname, `../../../docs/findings/${code}.md`), 'utf8')
    const [, json = '', http = ''] = /## Example\n\n```json\n([^]*?)\n```\n\n```http\n([^]*?)\n```/.exec(page) ?? []
    const policy = v.parse(v.strictObject(Policy.entries), { ...newPolicy, ...(JSON.parse(json) as object) })
    const server = serverWith(policy)
    const log = [heard(server, ...http.split('\n').filter((line) => !line.startsWith('Host:')))]
    const [first, ...more] = found(server, log)
    expect(more).toEqual([])
    expect(first?.finding.code).toBe(code)
    expect(found({ ...server, policy: first?.finding.fix.apply(policy) ?? policy }, log)).toEqual([])
  })
})
