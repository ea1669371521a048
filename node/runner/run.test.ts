import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTLSServer, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'
import { afterEach, describe, expect, it } from 'vitest'
import { wireLimit, type RunExchange, type WireMessage } from '#shared/contract/wire'
import type { RunResult } from '#shared/contract/methods'
import type { Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import { bodyLimit } from './exchange-over-undici.ts'
import { throwAwayCertificates } from '../../tests/support/throw-away-certificates.ts'
import { run } from './run.ts'

const origin = 'http://localhost:5173'
const certificates = throwAwayCertificates()
const allowed = `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: ${origin}\r\n`

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

interface RawServer {
  port: number
  /** What came, all connections in one. */
  received(): string
}

/** A server that does as it is told with each connection, once it has something from it. */
async function serve(answer: (socket: Socket) => void, host = '127.0.0.1', server: Server = createServer()): Promise<RawServer> {
  const sockets = new Set<Socket>()
  let received = ''
  server.on(
    server.listenerCount('secureConnection') > 0 || 'setSecureContext' in server ? 'secureConnection' : 'connection',
    (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')))
      socket.once('data', () => answer(socket))
    },
  )
  await new Promise<void>((resolve) => server.listen({ host, port: 0 }, resolve))
  open.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, received: () => received }
}

interface Ran extends RunResult {
  exchanges: RunExchange[]
}

async function really(
  request: Partial<ScenarioRequest> & { url: string },
  options: { timeout?: number; signal?: AbortSignal } & Pick<Scenario, 'then' | 'cookies'> = {},
): Promise<Ran> {
  const exchanges: RunExchange[] = []
  const { signal = new AbortController().signal, timeout = 20_000, ...rest } = options
  const scenario: Scenario = { id: 's', page: { origin }, request: { api: 'fetch', headers: [], ...request }, ...rest }
  const result = await run({
    scenario,
    profile: 'standard',
    timeout,
    signal,
    onExchange: (exchange) => exchanges.push(exchange),
    certificates,
  })
  return { ...result, exchanges }
}

const textOf = (message: WireMessage | null | undefined): string => Buffer.from(message?.bytes ?? '', 'base64').toString('latin1')
const reasonOf = ({ prediction }: Ran): string => {
  const answer = prediction.exchanges.at(-1)?.answer
  return answer?.type === 'network-error' ? answer.reason : ''
}

describe('a run on the wire', () => {
  it('captures what the server got and what it sent, byte for byte', async () => {
    const answer = `${allowed}set-COOKIE: a\r\nSet-Cookie: b\r\nX-Latin: \xe9\r\nContent-Length: 2\r\n\r\nok`
    const server = await serve((socket) => socket.write(answer, 'latin1'))
    const { prediction, exchanges } = await really({ url: `http://127.0.0.1:${server.port}/a?b` })
    expect(prediction.outcome).toBe('cors')
    expect(exchanges).toHaveLength(1)
    expect(textOf(exchanges[0]?.request)).toBe(server.received())
    expect(textOf(exchanges[0]?.response)).toBe(answer)
    expect(prediction.exchanges[0]?.answer).toMatchObject({
      headerList: [
        ['Access-Control-Allow-Origin', origin],
        ['set-COOKIE', 'a'],
        ['Set-Cookie', 'b'],
        ['X-Latin', '\xe9'],
        ['Content-Length', '2'],
      ],
      body: 'ok',
    })
  })

  it('sends the headers of the prediction in order and case, after Host, Connection and Content-Length', async () => {
    const server = await serve((socket) => socket.write(`${allowed}Content-Length: 0\r\n\r\n`))
    const headers: [string, string][] = [
      ['accept-LANGUAGE', 'de'],
      ['Content-Type', 'text/plain'],
    ]
    const { prediction } = await really({ url: `http://localhost:${server.port}/`, method: 'POST', body: 'hé', headers })
    const sent = prediction.exchanges[0]?.headerList.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    expect(server.received()).toBe(
      `POST / HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: keep-alive\r\nContent-Length: 3\r\n${sent ?? ''}\r\nh\xc3\xa9`,
    )
  })

  it('sends the cookies of earlier visits, and those that an answer set with the requests after it', async () => {
    const answer = `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: ${origin}\r\nAccess-Control-Allow-Credentials: true\r\n`
    const server = await serve((socket) => socket.end(`${answer}Set-Cookie: b=2\r\nContent-Length: 0\r\n\r\n`))
    const url = `http://localhost:${server.port}/`
    const again = { api: 'fetch' as const, url, headers: [] }
    const cookies = [{ url, set: ['a=1', 'elsewhere=1; Path=/other', 'secure=1; Secure'] }]
    const options = { then: [{ ...again, credentials: 'include' }, again], cookies }
    const { exchanges } = await really({ url, credentials: 'include' }, options)
    const sent = exchanges.map(({ request }) => /^cookie: (.*)$/im.exec(textOf(request))?.[1]?.trim())
    // The third one is of another origin and its credentials mode is "same-origin".
    expect(sent).toEqual(['a=1', 'a=1; b=2', undefined])
  })

  it('waits between requests as the script does, but for so long that the clock is moved instead', async () => {
    const cors = 'Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: PUT\r\nAccess-Control-Max-Age: 60\r\n'
    const server = await serve((socket) => socket.end(`HTTP/1.1 200 OK\r\n${cors}Content-Length: 0\r\n\r\n`))
    const put = { api: 'fetch' as const, url: `http://localhost:${server.port}/`, method: 'PUT', headers: [] }
    const then = [
      { ...put, after: 200 },
      { ...put, after: 60_000 },
    ]
    const { prediction, exchanges } = await really(put, { then })
    expect(prediction.exchanges.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT', 'PUT', 'OPTIONS', 'PUT'])
    const [, first, second] = exchanges
    // Never less than asked; that nobody waits for the third one, the end of this test shows.
    expect(second!.startedAt - first!.startedAt).toBeGreaterThanOrEqual(190)
  })

  it('rejects when it is cancelled while it waits', async () => {
    const cancelling = new AbortController()
    const server = await serve((socket) => {
      socket.end(`${allowed}Content-Length: 0\r\n\r\n`)
      setTimeout(() => cancelling.abort(new Error('enough')), 50)
    })
    const url = `http://localhost:${server.port}/`
    const then = [{ api: 'fetch' as const, url, headers: [], after: 9000 }]
    await expect(really({ url }, { then, signal: cancelling.signal })).rejects.toThrow('enough')
  })

  it('lets each of several requests see a broken body as its own API does', async () => {
    const server = await serve((socket) => socket.end(`${allowed}Content-Length: 10\r\n\r\nabc`))
    const url = `http://localhost:${server.port}/`
    const fetched = { api: 'fetch' as const, url, headers: [] }
    const ran = await really(fetched, { then: [{ ...fetched, api: 'xhr' }, fetched] })
    expect(ran.prediction.outcomes?.map(({ outcome }) => outcome)).toEqual(['cors', 'network-error', 'cors'])
  })

  it.each(['patch', 'CHICKEN', "a!#$%&'*+.^_`|~"])('sends the method %s as it is', async (method) => {
    const cors = `HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: ${method}\r\nContent-Length: 0\r\n\r\n`
    const server = await serve((socket) => socket.write(cors))
    const { prediction } = await really({ url: `http://localhost:${server.port}/`, method })
    expect(prediction).toMatchObject({ outcome: 'cors', exchanges: [{ kind: 'preflight' }, { kind: 'request', method }] })
    expect(server.received()).toContain(`${method} / HTTP/1.1\r\nHost: `)
  })

  it('undoes chunks, and reads past 103 Early Hints', async () => {
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    const server = await serve((socket) =>
      socket.write(`${interim}${allowed}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`),
    )
    const { prediction, exchanges } = await really({ url: `http://localhost:${server.port}/` })
    expect(prediction.exchanges[0]?.answer).toMatchObject({ status: 200, body: 'abc' })
    expect(textOf(exchanges[0]?.response)).toContain('103 Early Hints')
  })

  it('says that it reads no further than an unasked 100 Continue', async () => {
    const server = await serve((socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n`))
    expect(reasonOf(await really({ url: `http://localhost:${server.port}/` }))).toContain('began with 100 Continue')
  })

  it('follows no redirect by itself: each is an exchange of its own', async () => {
    const server = await serve((socket) =>
      socket.write(`HTTP/1.1 302 Found\r\nAccess-Control-Allow-Origin: *\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n`),
    )
    const { prediction, exchanges } = await really({ url: `http://localhost:${server.port}/`, redirect: 'error' })
    expect(prediction.outcome).toBe('network-error')
    expect(exchanges).toHaveLength(1)
  })

  it.each(['127.0.0.1', '::1'])('finds a server of localhost that listens on %s alone', async (host) => {
    const server = await serve((socket) => socket.write(`${allowed}Content-Length: 0\r\n\r\n`), host).catch(() => null)
    // Some containers have no ::1.
    if (server === null && host === '::1') return
    if (server === null) throw new Error('127.0.0.1 is always there')
    expect((await really({ url: `http://localhost:${server.port}/` })).prediction.outcome).toBe('cors')
    expect((await really({ url: `http://api.localhost:${server.port}/` })).prediction.outcome).toBe('cors')
  })

  it('keeps the beginning of a large body and counts all of it', async () => {
    const size = 50_000_000
    const server = await serve((socket) => {
      socket.write(`${allowed}Content-Length: ${size}\r\n\r\n`)
      socket.write(Buffer.alloc(size, 'a'))
    })
    const { prediction, exchanges } = await really({ url: `http://localhost:${server.port}/` })
    const answer = prediction.exchanges[0]?.answer
    expect(answer?.type === 'response' && answer.body).toBe('a'.repeat(wireLimit))
    expect(exchanges[0]?.response?.size).toBeGreaterThan(size)
    expect(textOf(exchanges[0]?.response)).toHaveLength(wireLimit)
    expect(exchanges[0]?.trouble).toBeUndefined()
  })

  it('stops reading a body that goes on for ever, and says so', async () => {
    const piece = Buffer.alloc(1024 * 1024)
    const server = await serve((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(piece));
      }
      socket.on('drain', pour).write(`${allowed}\r\n`, pour)
    })
    const { prediction, exchanges } = await really({ url: `http://localhost:${server.port}/` })
    expect(prediction.outcome).toBe('cors')
    expect(exchanges[0]?.trouble).toContain('larger than 64 MiB')
    expect(exchanges[0]?.response?.size).toBeGreaterThan(bodyLimit)
  })
})

describe('a run in trouble', () => {
  it('says that nothing listens', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const ran = await really({ url: `http://localhost:${port}/` })
    expect(ran.prediction.outcome).toBe('network-error')
    expect(reasonOf(ran)).toBe(`Nothing listens at localhost:${port}. Start the server, or correct the port in the URL.`)
    expect(ran.exchanges).toMatchObject([{ response: null, answeredAfter: null, trouble: reasonOf(ran) }])
  })

  it('says that the host is not known', async () => {
    expect(reasonOf(await really({ url: 'http://no-such-host.invalid/' }))).toContain(
      'No address is known for the host no-such-host.invalid',
    )
  })

  it.each<[string, string | null, string]>([
    ['closes without a word', '', 'closed the connection without an answer'],
    ['closes in the middle of the head', `${allowed}X-A`, 'in the middle of its answer, after'],
    ['resets the connection', null, 'closed the connection without an answer'],
    ['answers garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'not an HTTP/1.1 answer'],
    ['has a head without end', `${allowed}${'X-A: b\r\n'.repeat(wireLimit / 8)}`, 'longer than the lab reads'],
  ])('says that the server %s', async (_, answer, words) => {
    const server = await serve((socket) => (answer === null ? socket.resetAndDestroy() : socket.end(answer)))
    const ran = await really({ url: `http://localhost:${server.port}/` })
    expect(ran.prediction.outcome).toBe('network-error')
    expect(reasonOf(ran)).toContain(words)
    expect(ran.exchanges[0]?.trouble).toBe(reasonOf(ran))
  })

  it('says that the server never answers, when the time is over', async () => {
    const server = await serve(() => undefined)
    const ran = await really({ url: `http://localhost:${server.port}/` }, { timeout: 150 })
    expect(ran.prediction.outcome).toBe('network-error')
    expect(reasonOf(ran)).toBe(`localhost:${server.port} had not answered when the run’s 0.15 s were over.`)
  })

  it.each([
    ['breaks off', (socket: Socket) => socket.end(), 20_000, 'in the middle of its answer'],
    ['never ends', () => undefined, 1000, 'but not the end of its answer'],
  ] as const)(
    'lets fetch() see an answer whose body %s, and says so; an XMLHttpRequest sees a network error',
    async (_, then, timeout, words) => {
      const server = await serve((socket) => socket.write(`${allowed}Content-Length: 10\r\n\r\nabc`, () => then(socket)))
      const url = `http://localhost:${server.port}/`
      const ran = await really({ url }, { timeout })
      expect(ran.prediction).toMatchObject({ outcome: 'cors', exchanges: [{ answer: { body: 'abc' } }] })
      expect(ran.exchanges[0]?.trouble).toContain(words)
      expect((await really({ url, api: 'xhr' }, { timeout })).prediction.outcome).toBe('network-error')
    },
  )

  it('waits for a slow answer', async () => {
    const server = await serve((socket) => {
      const bytes = Array.from(`${allowed}Content-Length: 2\r\n\r\nok`)
      const timer = setInterval(() => {
        const next = bytes.shift()
        if (next === undefined) clearInterval(timer)
        else socket.write(next)
      }, 2)
    })
    const { prediction, exchanges } = await really({ url: `http://localhost:${server.port}/` })
    expect(prediction.outcome).toBe('cors')
    expect(exchanges[0]?.trouble).toBeUndefined()
  })

  it('rejects when it is cancelled, before and in the middle', async () => {
    const cancelling = new AbortController()
    const server = await serve(() => cancelling.abort(new Error('enough')))
    const url = `http://localhost:${server.port}/`
    await expect(really({ url }, { signal: cancelling.signal })).rejects.toThrow('enough')
    await expect(really({ url }, { signal: cancelling.signal })).rejects.toThrow('enough')
  })
})

describe('a run over https', () => {
  const certificate = generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  const serveTLS = async (answer: (socket: Socket) => void): Promise<RawServer> => {
    const { private: key, cert } = await certificate
    return serve(answer, '127.0.0.1', createTLSServer({ key, cert }))
  }

  it('says that the certificate is self-signed', async () => {
    const server = await serveTLS((socket) => socket.end())
    const ran = await really({ url: `https://localhost:${server.port}/` })
    expect(ran.prediction.outcome).toBe('network-error')
    expect(reasonOf(ran)).toContain(`The certificate of https://localhost:${server.port} is self-signed`)
  })

  it('says that the server speaks no TLS', async () => {
    const server = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(reasonOf(await really({ url: `https://localhost:${server.port}/` }))).toContain('does not speak TLS')
  })

  it('captures the text inside the encryption', async () => {
    const before = getCACertificates('default')
    open.push(() => setDefaultCACertificates(before))
    setDefaultCACertificates([(await certificate).cert])
    const server = await serveTLS((socket) => socket.write(`${allowed}Content-Length: 2\r\n\r\nok`))
    const { prediction, exchanges } = await really({ url: `https://localhost:${server.port}/` })
    expect(prediction.outcome).toBe('cors')
    expect(textOf(exchanges[0]?.request)).toBe(server.received())
    expect(textOf(exchanges[0]?.response)).toBe(`${allowed}Content-Length: 2\r\n\r\nok`)
  })
})
