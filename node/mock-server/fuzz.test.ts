import { connect } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ServerExchange } from '#shared/contract/wire'
import { bytesOf, client, definition, open, plainGET } from '../../tests/served.ts'
import { toldExchange } from './seen-exchange.ts'
import { startMockServer } from './mock-server.ts'

const count = 10_000
/** The same inputs again: CORSLAB_FUZZ_SEED=… npx vitest run node/mock-server/fuzz.test.ts */
const seed = Number(process.env['CORSLAB_FUZZ_SEED'] ?? Date.now() % 2 ** 31)

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.array(byte, { maxLength: 60 }).map((bytes) => bytes.join(''))
const of = (...values: string[]) => fc.constantFrom(...values)

const method = fc.oneof(of('GET', 'POST', 'OPTIONS', 'patch', 'CHICKEN', '', 'G ET', 'GET\0'), noise)
const target = fc.oneof(of('/', '*', '/a?b#c', 'http://a/', '//', '/%', '/ ', '', `/${'a'.repeat(70_000)}`), noise)
const version = of('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1', 'HTTP/11', '', 'HTTP/9.9')
const length = of('0', '3', '-1', '+3', '3, 3', '0x3', '99999999999999999999', '3 3', '', '1e3')
const line = fc.oneof(
  of('Host: a', 'Host: a', 'Host:', 'Host : a', 'host: b', ' Host: a'),
  length.map((value) => `Content-Length: ${value}`),
  of(
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip, chunked',
    'Transfer-Encoding: chunked, chunked',
    'Transfer-Encoding: \x0bchunked',
  ),
  of('Connection: close', 'Connection: keep-alive', 'Expect: 100-continue', 'Origin: null', 'Access-Control-Request-Method: \0'),
  of(': no name', 'No colon', ' folded', 'A: \r', 'A:\0', `X-Long: ${'x'.repeat(70_000)}`),
  noise,
)
const end = of('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n', '')
const body = fc.oneof(
  of('', 'abc', '3\r\nabc\r\n0\r\n\r\n', 'fffffffff\r\n', '3;x\r\nabcd\r\n', '0\r\nX: y\r\n', '-1\r\n', '3\nabc\n0\n\n'),
  noise,
)

const message = fc.oneof(
  { weight: 1, arbitrary: noise },
  {
    weight: 4,
    arbitrary: fc
      .tuple(method, target, version, fc.array(fc.tuple(line, end), { maxLength: 6 }), end, end, body)
      .map(([verb, path, protocol, lines, first, last, rest]) =>
        [`${verb} ${path} ${protocol}`, first, ...lines.flat(), last, rest].join(''),
      ),
  },
)

/** Sends it, in two pieces, and ends; waits until the server has closed. */
function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).setEncoding('latin1')
    let received = ''
    socket.on('data', (text: string) => (received += text))
    // A server that closes while bytes come in may reset the connection.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(received))
    socket.on('end', () => socket.end())
    const half = bytes.length >> 1
    socket.write(bytes.slice(0, half), 'latin1')
    socket.end(bytes.slice(half), 'latin1')
  })
}

it(`survives ${count} malformed requests, and logs each as it came`, { timeout: 240_000 }, async () => {
  console.log(`Fuzzed with the seed ${seed}.`)
  const inputs = fc.sample(message, { numRuns: count, seed })
  const statuses = new Set<number | null>()
  let next = 0
  // A server each: what it reports belongs to what it was sent last.
  const lane = async () => {
    let seen: ServerExchange[] = []
    const server = await startMockServer(definition, { onExchange: (exchange) => seen.push(toldExchange(definition.id, exchange)) })
    open.push({ close: () => server.stop() })
    for (let index = next++; index < inputs.length; index = next++) {
      const input = inputs[index] ?? ''
      seen = []
      const answer = await send(server.state().port, input)
      const problem = problemIn(input, answer, seen)
      if (problem !== null) expect.fail(`${problem}: ${JSON.stringify(input)} → ${JSON.stringify(answer)}`)
      for (const { status } of seen) statuses.add(status)
    }
    expect((await client(server).send(plainGET).answer()).status).toBe(200)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
  // Not all of them fail at the first byte.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 431, null]))
})

/** Whatever comes, it is answered or the connection closed; and what was read of it is in the log. */
function problemIn(input: string, answer: string, seen: readonly ServerExchange[]): string | null {
  if (answer !== '' && !/^HTTP\/1\.[01] \d{3} /.test(answer)) return 'This is no answer'
  const came = seen.map(({ request }) => bytesOf(request)).join('')
  if (!input.includes(came)) return 'It was logged otherwise than it came'
  // Empty lines before a request line are nobody's request.
  if (seen.length === 0) return /[^\r\n]/.test(input) ? 'It was not logged' : null
  const untold = seen.find(({ status, trouble }) => (status === null || status >= 400) && trouble === undefined)
  return untold === undefined ? null : `Nobody says why it was answered with ${untold.status ?? 'nothing'}`
}
