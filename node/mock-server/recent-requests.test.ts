import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { writeHead } from '#shared/codecs/raw-http'
import type { HeaderList } from '#shared/fetch/header-list'
import { faults } from '#shared/policy/faults'
import { Route, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import { respond, type ServedRequest } from '#shared/policy/respond'
import { bytesOf, client, definition, reported, start } from '../../tests/served.ts'
import { answerBytes } from './answer-bytes.ts'

const page = 'http://localhost:5173'
const routes = [
  { method: 'GET', path: '/fixed', response: { kind: 'fixed', status: 200, headers: [], body: 'fixed\n' } },
  { method: '*', path: '/login', response: { kind: 'json', status: 500, headers: [], body: '{}' }, needsCredentials: true },
  {
    method: 'PUT',
    path: '/items/:id',
    response: { kind: 'redirect', status: 307, headers: [], location: '/fixed' },
    policy: { ...newPolicy, origins: 'any' },
  },
].map((route, index) => v.parse(Route, { id: String(index), delay: 0, ...route }))

/** Few of each, so that the same comes again, and that what differs differs in one thing. */
const anyRequest: fc.Arbitrary<ServedRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'HEAD', 'PUT', 'OPTIONS'),
    target: fc.constantFrom('/fixed', '/login', '/items/1', '/items/2', '/x?a=1', '/x?a=2'),
    more: fc.constantFrom<HeaderList>(
      [],
      [['Origin', page]],
      [['Origin', 'http://evil.test']],
      [
        ['Origin', page],
        ['Cookie', 'a=b'],
      ],
      [
        ['Origin', page],
        ['Access-Control-Request-Method', 'PUT'],
      ],
      [
        ['Origin', page],
        ['Access-Control-Request-Method', 'GET'],
        ['Access-Control-Request-Headers', 'x-a'],
      ],
    ),
    trace: fc.constantFrom('a', 'b'),
  })
  .map(({ method, target, more, trace }) => ({ method, target, headerList: [['Host', 'a'], ...more, ['X-Trace', trace]], body: '' }))

const anyServer: fc.Arbitrary<MockServer> = fc
  .record({
    origins: fc.constantFrom<typeof newPolicy.origins>('asked', [page], 'none'),
    refusedOrigin: fc.constantFrom('no-headers' as const, '403' as const),
    faults: fc.subarray(
      faults.flatMap(({ name }) =>
        ['slow-preflight', 'connection-dropped', 'http-1.0-close', 'no-vary-behind-a-cache'].includes(name) ? [] : [name],
      ),
      { maxLength: 3 },
    ),
    response: fc.constantFrom<MockServer['response']>(
      { kind: 'echo' },
      { kind: 'fixed', status: 200, headers: [['X-A', 'b']], body: 'ok' },
    ),
  })
  .map(({ origins, refusedOrigin, faults, response }) => ({
    ...definition,
    policy: { ...newPolicy, origins, refusedOrigin },
    faults,
    response,
    routes,
  }))

const askedIn = ({ method, target, headerList }: ServedRequest): string => writeHead(`${method} ${target} HTTP/1.1`, headerList)

describe('requests that come again, or nearly', () => {
  it('get respond’s bytes, each its own, by the edition that holds, and are logged as they came', async () => {
    const server = await start()
    const raw = client(server)
    let answered = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyServer, fc.array(anyRequest, { minLength: 20, maxLength: 60 })), { minLength: 1, maxLength: 4 }),
        async (editions) => {
          for (const [edited, requests] of editions) {
            server.update(edited)
            const wanted = requests.map((request) => answerBytes(respond(edited, request)))
            // One after another, and all at once.
            for (const [index, request] of requests.entries())
              expect(await raw.send(askedIn(request)).bytes(wanted[index]?.length ?? 0)).toBe(wanted[index])
            expect(await raw.send(requests.map(askedIn).join('')).bytes(wanted.join('').length)).toBe(wanted.join(''))
            answered += 2 * requests.length
            const logged = (await reported(answered)).slice(-2 * requests.length)
            expect(logged.map(({ request }) => bytesOf(request))).toEqual([...requests, ...requests].map(askedIn))
            expect(logged.map(({ response }) => bytesOf(response))).toEqual([...wanted, ...wanted])
          }
        },
      ),
      { numRuns: 40, endOnFailure: true, timeout: 2000 },
    )
  })

  it('get an answer of their own where it depends on the target', async () => {
    const raw = client(await start({ faults: ['preflight-redirected'] }))
    for (const target of ['/a', '/b', '/b', '/a']) {
      raw.send(`OPTIONS ${target} HTTP/1.1\r\nHost: a\r\nOrigin: ${page}\r\nAccess-Control-Request-Method: PUT\r\n\r\n`)
      expect((await raw.answer()).headerList).toContainEqual(['Location', `${target}/`])
    }
  })

  it.each([
    ['a NUL in its target', 'GET /a\0 HTTP/1.1', /^HTTP\/1\.1 400 /],
    ['another version', 'GET /a HTTP/2.0', /^HTTP\/1\.1 505 /],
    ['a line that is none', 'GET  /a HTTP/1.1', /^HTTP\/1\.1 400 /],
  ])('are refused for %s, though their header lines were read before', async (_, line, refused) => {
    const raw = client(await start())
    for (let n = 0; n < 3; n++) expect((await raw.send('GET /a HTTP/1.1\r\nHost: a\r\n\r\n').answer()).status).toBe(200)
    expect(await raw.send(`${line}\r\nHost: a\r\n\r\n`).all()).toMatch(refused)
  })

  it('end the connection where their version says so, though their header lines were read before', async () => {
    const raw = client(await start())
    for (let n = 0; n < 2; n++) expect((await raw.send('GET /a HTTP/1.1\r\nHost: a\r\n\r\n').answer()).status).toBe(200)
    expect(await raw.send('GET /a HTTP/1.0\r\nHost: a\r\n\r\n').all()).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('are told apart from a head that goes on, and from one with a body', async () => {
    const raw = client(await start())
    for (let n = 0; n < 2; n++) expect((await raw.send('POST /a HTTP/1.1\r\nHost: a\r\n\r\n').answer()).status).toBe(200)
    expect((await raw.send('POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n\r\n\r\n').answer()).body).toContain(
      JSON.stringify('\r\n\r\n'),
    )
    expect((await raw.send('POST /a HTTP/1.1\r\nHost: a\r\nX: b\r\n\r\n').answer()).body).toContain('"X"')
  })
})
