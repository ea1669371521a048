import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { wireLimit } from '#shared/contract/wire'
import { Route } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import { respond } from '#shared/policy/respond'
import { bytesOf, client, definition, echoed, open, plainGET, reported, start } from '../../tests/served.ts'
import { limits } from './read-request.ts'

const origin = 'http://localhost:5173'

const slow = v.parse(Route, { id: 'slow', method: '*', path: '/slow', response: { kind: 'echo' }, delay: 5 })

/** Some containers have no ::1. */
const loopback = [
  '127.0.0.1',
  ...(Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1')) ? ['::1'] : []),
]

describe('a mock server on the wire', () => {
  it('answers with respond’s bytes and not one more', async () => {
    const raw = client(await start())
    const headerList = [
      ['Host', 'a'],
      ['origin', origin],
      ['ORIGIN', 'x'],
      ['Connection', 'close'],
    ] as const
    raw.send(`GET /a?b HTTP/1.1\r\n${headerList.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    const expected = respond(definition, { method: 'GET', target: '/a?b', headerList, body: '' })
    const head = expected.headerList.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    expect(await raw.all()).toBe(`HTTP/1.1 200 OK\r\n${head}\r\n${expected.body}`)
  })

  it.each(loopback)('listens on %s', async (host) => {
    const server = await start()
    expect(server.state().addresses).toContain(host)
    expect((await client(server, host).send('GET / HTTP/1.1\r\nHost: any.name\r\n\r\n').answer()).status).toBe(200)
  })

  it.each(['patch', 'CHICKEN', 'get', 'M-SEARCH', 'TRACE', 'a!#$%&*+.^_`|~'])(
    'lets the method %s through to the policy',
    async (method) => {
      const { status, body } = await client(await start())
        .send(`${method} / HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\n\r\n`)
        .answer()
      expect(status).toBe(200)
      expect(echoed(body)).toMatchObject({ method })
    },
  )

  it('answers a preflight by the policy and logs it as one', async () => {
    const raw = client(await start())
    raw.send(`OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\nAccess-Control-Request-Method: PUT\r\n\r\n`)
    const { status, headerList } = await raw.answer()
    expect(status).toBe(204)
    expect(headerList).toContainEqual(['Access-Control-Allow-Methods', 'PUT, PATCH, DELETE'])
    expect(await reported(1)).toMatchObject([
      { serverId: 'orders', kind: 'preflight', method: 'OPTIONS', target: '/x', origin, status: 204 },
    ])
  })

  it('keeps the connection open for the next request, also one sent before the answer', async () => {
    const raw = client(await start())
    raw.send(
      'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET /2 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n',
    )
    for (const target of ['/1', '/2', '/3']) expect(echoed((await raw.answer()).body)).toMatchObject({ target })
    raw.send('GET /4 HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(echoed((await raw.answer()).body)).toMatchObject({ target: '/4' })
    expect((await reported(4)).map(({ target }) => target)).toEqual(['/1', '/2', '/3', '/4'])
    expect(bytesOf((await reported(4))[0]?.request)).toBe('POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none')
  })

  it('answers what came before to the byte as it did the first time, and logs it each time, with its own number', async () => {
    const server = await start({ response: { kind: 'fixed', status: 200, headers: [], body: 'hello' } })
    const request = `GET /a HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\n\r\n`
    const raw = client(server)
    const answers = []
    for (let n = 0; n < 4; n++) answers.push(await raw.send(request).answer())
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const all = await reported(4)
    expect(new Set(all.map(({ request: sent, response }) => bytesOf(sent) + bytesOf(response))).size).toBe(1)
    expect(all.every(({ status, handled, method, target }) => status === 200 && handled && method + target === 'GET/a')).toBe(true)
    expect(new Set(all.map(({ id }) => id)).size).toBe(4)
  })

  it('answers many requests that come together in their order, known ones and others, also with a closing one among them', async () => {
    const server = await start({ routes: [slow] })
    const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`
    const paths = ['/a', '/a', '/a', '/b', '/slow', '/a', '/b', '/b', '/slow', '/b', '/c', '/a']
    const raw = client(server).send(paths.map((path) => get(path)).join(''))
    for (const target of paths) expect(echoed((await raw.answer()).body)).toMatchObject({ target })
    expect((await reported(paths.length)).map(({ target }) => target)).toEqual(paths)

    const closing = get('/z', 'Connection: close\r\n')
    for (let n = 0; n < 3; n++) {
      const text = await client(server)
        .send(get('/a') + closing + get('/never'))
        .all()
      expect(text.match(/"target": "[^"]*"/g)).toEqual(['"target": "/a"', '"target": "/z"'])
    }
  })

  it('answers a known request by the policy that holds now', async () => {
    const server = await start()
    const raw = client(server)
    const allowed = async () => (await raw.send(`GET / HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\n\r\n`).answer()).headerList
    const line = ['Access-Control-Allow-Origin', origin]
    for (let n = 0; n < 3; n++) expect(await allowed()).toContainEqual(line)
    server.update({ ...definition, policy: { ...newPolicy, origins: 'none' } })
    for (let n = 0; n < 3; n++) expect(await allowed()).not.toContainEqual(line)
    server.update(definition)
    for (let n = 0; n < 3; n++) expect(await allowed()).toContainEqual(line)
  })

  it('lets a client that does not read its answers wait, however often it asks the same, and loses none of them', async () => {
    const body = 'x'.repeat(10_000)
    const server = await start({ response: { kind: 'fixed', status: 200, headers: [], body } })
    const raw = client(server)
    raw.socket.pause()
    raw.send(`${plainGET.repeat(1999)}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    await sleep(100)
    raw.socket.resume()
    expect((await raw.all()).split(body)).toHaveLength(2001)
    expect((await reported(2000)).filter(({ trouble }) => trouble !== undefined)).toEqual([])
  })

  it('takes a request that comes byte by byte', async () => {
    const raw = client(await start())
    raw.socket.setNoDelay(true)
    for (const byte of 'PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nTrailer: 1\r\n\r\n') {
      raw.send(byte)
      await sleep(0)
    }
    expect(echoed((await raw.answer()).body)).toMatchObject({ body: 'abc' })
  })

  it('closes after an HTTP/1.0 request, and after one that asks for it', async () => {
    const server = await start()
    for (const request of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n']) {
      expect(await client(server).send(request).all()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    }
  })

  it('answers a client that closes its side first', async () => {
    const raw = client(await start())
    raw.socket.end(plainGET)
    expect(await raw.all()).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  })

  it('says 100 Continue to a client that waits for it', async () => {
    const raw = client(await start()).send('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n')
    expect((await raw.answer()).status).toBe(100)
    expect(echoed((await raw.send('ab').answer()).body)).toMatchObject({ body: 'ab' })
    expect(bytesOf((await reported(1))[0]?.response)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  })

  it('sends no body with HEAD, and the length it would have', async () => {
    const server = await start({ response: { kind: 'fixed', status: 200, headers: [], body: 'hello' } })
    const raw = client(server).send('HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n')
    expect((await raw.answer({ toHEAD: true })).headerList).toContainEqual(['Content-Length', '5'])
    expect((await raw.answer()).body).toBe('hello')
  })

  it('holds a changed policy from the next request on, on the same connection', async () => {
    const server = await start()
    const raw = client(server)
    const ask = async () => (await raw.send('GET / HTTP/1.1\r\nHost: a\r\nOrigin: null\r\n\r\n').answer()).headerList.map(([name]) => name)
    expect(await ask()).not.toContain('Access-Control-Allow-Origin')
    server.update({ ...definition, policy: { ...newPolicy, origins: 'any' } })
    expect(await ask()).toContain('Access-Control-Allow-Origin')
  })

  it('closes its connections and its port when it is stopped', async () => {
    const server = await start()
    const raw = client(server).send(plainGET)
    await raw.answer()
    await server.stop()
    expect(await raw.all()).toBe('')
    await start({ port: server.state().port })
  })

  it('counts its hits', async () => {
    const server = await start()
    const raw = client(server)
    for (let n = 0; n < 3; n++) await raw.send(plainGET).answer()
    await reported(3)
    expect(server.state().hits).toBe(3)
  })
})

describe('a mock server and bad requests', () => {
  it.each([
    ['GARBAGE\r\n', 400, 'not a request line'],
    ['GET /a b HTTP/1.1\r\n', 400, 'not a request line'],
    ['PRI * HTTP/2.0\r\n', 505, 'HTTP/2.0'],
    ['GET / HTTP/1.1\r\nNo colon\r\n\r\n', 400, 'Byte 16 of the request: A header line without a colon'],
    ['GET / HTTP/1.1\r\nA : 1\r\n\r\n', 400, 'Byte 16'],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400, 'Content-Length'],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400, 'Content-Length'],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400, 'both'],
    ['GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', 501, 'gzip'],
    ['GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400, 'size'],
    ['GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n', 400, 'longer than it says'],
    [`GET / HTTP/1.1\r\nHost: a\r\nContent-Length: ${limits.body + 1}\r\nExpect: 100-continue\r\n\r\n`, 413, '64 MiB'],
    ['GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n', 413, '64 MiB'],
    [`GET /${'a'.repeat(limits.head)}`, 431, '64 KiB'],
    [`GET / HTTP/1.1\r\n${'A: b\r\n'.repeat(limits.head / 6)}`, 431, '64 KiB'],
    ['GET / HTTP/1.1\r\n\r\n', 400, 'no Host'],
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n', 400, 'more than one Host'],
    ['GET / HTTP/1.1\r\nHost: a\r\nA: \0\r\n\r\n', 400, 'Byte 28 of the request: A NUL'],
    ['\x16\x03\x01\x02\x00\x01\x00', 400, 'https:'],
  ])('answers %j with %i, logs why, closes, and lives on', async (request, status, words) => {
    const server = await start()
    const raw = client(server).send(request)
    const answer = await raw.answer()
    expect(answer).toMatchObject({ status, body: expect.stringContaining(words) as unknown })
    expect(answer.headerList).toContainEqual(['Content-Type', 'text/plain;charset=utf-8'])
    expect(await raw.all()).toBe('')
    const [exchange] = await reported(1)
    expect(exchange).toMatchObject({ status, trouble: expect.stringContaining(words) as unknown })
    // As it came, as far as it was read.
    expect(bytesOf(exchange?.request)).not.toBe('')
    expect(request.startsWith(bytesOf(exchange?.request))).toBe(true)
    expect((await client(server).send(plainGET).answer()).status).toBe(200)
  })

  it.each(['A: x', 'Connection: ,', 'Origin: http://a', 'Access-Control-Request-Headers: x'])(
    'is not held up by a line of spaces: %s',
    async (line) => {
      const { status } = await client(
        await start({ policy: { ...newPolicy, origins: ['https://*.example.com'], requestHeaders: 'asked' } }),
      )
        .send(`OPTIONS / HTTP/1.1\r\nHost: a\r\n${line}${' '.repeat(60_000)}x\r\n\r\n`)
        .answer()
      expect(status).toBe(200)
    },
  )

  it('refuses a head that goes on for ever without keeping it', async () => {
    const raw = client(await start())
    raw.send('GET / HTTP/1.1\r\n')
    for (let n = 0; n < 100; n++) raw.send(`X-${n}: ${'a'.repeat(4096)}\r\n`)
    expect((await raw.answer()).status).toBe(431)
  })

  it.each(['GET / HTTP/1.1\r\nA', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc'])(
    'logs a client that goes in the middle: %j',
    async (request) => {
      const server = await start()
      const raw = client(server)
      raw.socket.end(request)
      expect(await raw.all()).toBe('')
      expect(await reported(1)).toMatchObject([
        { status: null, response: null, trouble: expect.stringContaining(`after ${request.length} bytes`) as unknown },
      ])
    },
  )

  it('logs nothing for a connection that says nothing', async () => {
    const server = await start()
    const silent = client(server)
    silent.socket.end()
    await silent.all()
    await client(server).send(plainGET).answer()
    expect(await reported(1)).toHaveLength(1)
  })

  it('survives a client that resets the connection', async () => {
    const server = await start()
    const rude = client(server).send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc')
    await sleep(20)
    rude.socket.resetAndDestroy()
    expect((await reported(1))[0]).toMatchObject({ status: null, trouble: expect.any(String) as unknown })
    expect((await client(server).send(plainGET).answer()).status).toBe(200)
  })

  it('logs an answer that the client did not wait for', async () => {
    const body = 'a'.repeat(32 * 1024 * 1024)
    const server = await start({ response: { kind: 'fixed', status: 200, headers: [], body } })
    const raw = client(server)
    raw.socket.pause()
    raw.send(plainGET)
    await sleep(50)
    raw.close()
    expect((await reported(1))[0]).toMatchObject({
      status: 200,
      trouble: expect.stringContaining('gone before the whole answer') as unknown,
    })
  })
})

describe('a mock server and large bodies', () => {
  it('takes 50 MB, keeps the beginning for the log and counts the rest', async () => {
    const size = 50_000_000
    const raw = client(await start()).send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`)
    const piece = 'a'.repeat(1_000_000)
    for (let n = 0; n < 50; n++) raw.send(piece)
    const { status, body } = await raw.answer()
    expect(status).toBe(200)
    expect(echoed(body)).toMatchObject({ bodySize: size })
    const [exchange] = await reported(1)
    expect(exchange?.request.size).toBe(size + 54)
    expect(bytesOf(exchange?.request)).toHaveLength(wireLimit)
  })

  it('counts what it sends and keeps the beginning', async () => {
    const server = await start({ response: { kind: 'fixed', status: 200, headers: [], body: 'b'.repeat(3_000_000) } })
    const { body } = await client(server).send(plainGET).answer()
    expect(body).toHaveLength(3_000_000)
    const [exchange] = await reported(1)
    expect(exchange?.response?.size).toBeGreaterThan(3_000_000)
    expect(bytesOf(exchange?.response)).toHaveLength(wireLimit)
  })
})

describe('a mock server’s port', () => {
  const occupy = (host: string, port = 0): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer().once('error', reject)
      server.listen({ host, port }, () => resolve(server))
      open.push(server)
    })
  const portOf = (server: Server): number => (server.address() as { port: number }).port

  it.each(loopback)('that is taken on %s is named, with one that is free', async (host) => {
    const port = portOf(await occupy(host))
    const refusal = await start({ port }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'port-in-use', details: { port, free: expect.any(Number) as unknown } })
    const { free } = (refusal as { details: { free: number } }).details
    expect(free).not.toBe(port)
    expect((await start({ port: free })).state().port).toBe(free)
  })

  it('that another mock server has is named; the other is not disturbed', async () => {
    const first = await start()
    await expect(start({ port: first.state().port })).rejects.toMatchObject({ code: 'port-in-use' })
    expect((await client(first).send(plainGET).answer()).status).toBe(200)
  })

  it('0 is any free one, the same on both addresses', async () => {
    const [one, two] = [await start(), await start()]
    expect(one.state().port).toBeGreaterThan(0)
    expect(one.state().port).not.toBe(two.state().port)
  })

  it.each([70_000, 65_536, -1, 1.5, Number.NaN])('%d is out of range', async (port) => {
    await expect(start({ port })).rejects.toMatchObject({ code: 'port-out-of-range', details: { port } })
  })

  it('80 is opened, or refused by name', async () => {
    const outcome = await start({ port: 80 }).then(
      (server) => server.state().port,
      (error: unknown) => (error as { code: string }).code,
    )
    expect([80, 'port-not-permitted', 'port-in-use']).toContain(outcome)
  })
})
