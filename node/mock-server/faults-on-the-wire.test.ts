import { describe, expect, it } from 'vitest'
import { writeHead } from '#shared/codecs/raw-http'
import { get, type HeaderList } from '#shared/fetch/header-list'
import { faultNames, type FaultName } from '#shared/policy/fault-names'
import { newPolicy } from '#shared/policy/policy'
import { respond } from '#shared/policy/respond'
import { emptySharedCache } from '#shared/policy/shared-cache'
import { client, definition, reported, start } from '../../tests/served.ts'

const page = 'https://app.example.com'
const broken = (fault: FaultName) => ({
  ...definition,
  policy: { ...newPolicy, origins: [page, 'https://admin.example.com'], credentials: true },
  faults: [fault],
  faultOptions: { ...definition.faultOptions, preflightDelay: 30 },
})

const request = (method: string, more: HeaderList) => ({
  method,
  target: '/orders?page=2',
  headerList: [['Host', 'a'], ['Origin', page], ['Connection', 'close'], ...more] as HeaderList,
  body: '',
})
const asked = {
  preflight: request('OPTIONS', [
    ['Access-Control-Request-Method', 'PUT'],
    ['Access-Control-Request-Headers', 'content-type'],
  ]),
  request: request('GET', []),
}
const bytes = ({ method, target, headerList }: ReturnType<typeof request>) => writeHead(`${method} ${target} HTTP/1.1`, headerList)

describe('faults on the wire', () => {
  const all = faultNames.flatMap((fault) => (['preflight', 'request'] as const).map((kind) => ({ fault, kind })))
  it.each(all)('$fault does to a $kind what the prediction says of it', async ({ fault, kind }) => {
    const { status, statusMessage, headerList, body, drop, closes } = respond(broken(fault), asked[kind], { cache: emptySharedCache })
    const expected = drop ? '' : writeHead(`HTTP/1.${closes ? 0 : 1} ${status} ${statusMessage}`, headerList) + body
    expect(
      await client(await start(broken(fault)))
        .send(bytes(asked[kind]))
        .all(),
    ).toBe(expected)
    expect(await reported(1)).toMatchObject([{ kind, status: drop ? null : status }])
  })

  it('a slow preflight is answered after its time, and holds up no other connection', async () => {
    const server = await start(broken('slow-preflight'))
    const slow = client(server).send(bytes(asked.preflight)).all()
    expect(await client(server).send(bytes(asked.request)).all()).toMatch(/^HTTP\/1\.1 200/)
    expect(await slow).toMatch(/^HTTP\/1\.1 204/)
    const preflight = (await reported(2)).find(({ kind }) => kind === 'preflight')
    // A timer may be early by a millisecond.
    expect(preflight?.answeredAfter).toBeGreaterThan(28)
  })

  it('a cache without Vary gives the second page what was meant for the first, until the fault is off', async () => {
    const server = await start(broken('no-vary-behind-a-cache'))
    const ask = async (origin: string) => {
      const { headerList } = await client(server)
        .send(
          writeHead('GET /orders HTTP/1.1', [
            ['Host', 'a'],
            ['Origin', origin],
          ]),
        ) // prettier-ignore
        .answer()
      return [get(headerList, 'Access-Control-Allow-Origin'), get(headerList, 'X-Cache'), get(headerList, 'Vary')]
    }
    expect(await ask(page)).toEqual([page, 'MISS', null])
    expect(await ask('https://admin.example.com')).toEqual([page, 'HIT', null])
    server.clearCache()
    expect(await ask('https://admin.example.com')).toEqual(['https://admin.example.com', 'MISS', null])
    server.update({ ...broken('no-vary-behind-a-cache'), faults: [] })
    expect(await ask(page)).toEqual([page, null, 'Origin'])
  })

  it('HTTP/1.0 ends the body with the connection, whatever the client would like', async () => {
    const server = await start(broken('http-1.0-close'))
    const raw = client(server).send('GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n')
    const [head = '', body] = (await raw.all()).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.0 200 OK\r\n/)
    expect(head).not.toContain('Content-Length')
    expect(JSON.parse(body ?? '')).toMatchObject({ method: 'GET' })
  })

  it('holds a fault that is switched on from the next request on, on the same connection', async () => {
    const server = await start()
    const raw = client(server)
    const preflight = bytes(asked.preflight).replace('Connection: close\r\n', '')
    expect((await raw.send(preflight).answer()).status).toBe(204)
    server.update(broken('preflight-needs-auth'))
    expect((await raw.send(preflight).answer()).status).toBe(401)
  })
})
