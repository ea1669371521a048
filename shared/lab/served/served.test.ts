import { describe, expect, it } from 'vitest'
import { predict } from '#shared/lab/predict'
import { profileNames } from '#shared/lab/prediction'
import { newMockServer } from '#shared/policy/mock-server'
import { scenarioOfServed } from './scenario-of-served.ts'
import { scriptVerdict } from './script-verdict.ts'
import { readServed, type ServedExchange } from './served-exchange.ts'

const server = newMockServer({ id: 's', name: 'API', port: 4001, hosts: ['https://api.example.com'] })
const page = 'http://app.example.com'
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`

function served(request: readonly string[], answer: readonly string[] | null, body = ''): ServedExchange {
  const read = readServed({ request: lines(...request) + body, response: answer === null ? null : lines(...answer) }, server)
  if (read === null) throw new Error('no request')
  return read
}
const get = (...headers: string[]) => ['GET /orders?page=2 HTTP/1.1', 'Host: localhost:4001', ...headers]
const preflight = (...headers: string[]) => ['OPTIONS /orders/17 HTTP/1.1', 'Host: localhost:4001', `Origin: ${page}`, ...headers]
const ok = (...headers: string[]) => ['HTTP/1.1 200 OK', ...headers]
const allowOrigin = (value: string) => `Access-Control-Allow-Origin: ${value}`

describe('an exchange in the log', () => {
  it('tells its URL by the name that was asked for', () => {
    expect(served(get(), ok()).url).toBe('http://localhost:4001/orders?page=2')
    expect(served(['GET / HTTP/1.1', 'Host: API.example.com'], ok()).url).toBe('https://api.example.com/')
    expect(served(['GET http://localhost:4001/x HTTP/1.1', 'Host: localhost:4001'], ok()).url).toBe('http://localhost:4001/x')
  })

  it('is nothing where the bytes are no request', () => {
    expect(readServed({ request: 'hello\r\n\r\n', response: null }, server)).toBeNull()
    expect(readServed({ request: lines('GET / HTTP/1.1', 'Host: a b'), response: null }, server)).toBeNull()
  })
})

describe('what a script makes of it', () => {
  it.each<[string, ServedExchange, 'preflight' | 'request', string | null]>([
    ['no page asked', served(get(), ok()), 'request', null],
    ['the page is of the same origin', served(get('Origin: http://localhost:4001'), ok()), 'request', null],
    ['the browser says so', served(get(`Origin: ${page}`, 'Sec-Fetch-Site: same-origin'), ok()), 'request', null],
    ['a document was asked for', served(get('Origin: null', 'Sec-Fetch-Mode: navigate'), ok()), 'request', null],
    ['no CORS header', served(get(`Origin: ${page}`), ok()), 'request', 'Blocked'],
    ['`*`', served(get(`Origin: ${page}`), ok(allowOrigin('*'))), 'request', 'Allowed'],
    ['`*` with cookies', served(get(`Origin: ${page}`, 'Cookie: a=1'), ok(allowOrigin('*'))), 'request', 'Blocked'],
    ['another origin', served(get(`Origin: ${page}`), ok(allowOrigin('https://b.example'))), 'request', 'Blocked'],
    ['an opaque origin let in', served(get('Origin: null'), ok(allowOrigin('null'))), 'request', 'Allowed'],
    ['an opaque origin kept out', served(get('Origin: null'), ok(allowOrigin(page))), 'request', 'Blocked'],
    ['no-cors', served(get('Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Site: cross-site'), ok()), 'request', 'Opaque'],
    ['no answer', served(get(`Origin: ${page}`), null), 'request', 'Failed'],
    ['a redirect', served(get(`Origin: ${page}`), ['HTTP/1.1 302 Found', 'Location: /b', allowOrigin('*')]), 'request', 'Redirected'],
    ['a redirect without CORS headers', served(get(`Origin: ${page}`), ['HTTP/1.1 302 Found', 'Location: /b']), 'request', 'Blocked'],
    [
      'a method that needs a preflight',
      served(['DELETE /x HTTP/1.1', 'Host: localhost:4001', `Origin: ${page}`], ok(allowOrigin('*'))),
      'request',
      'Allowed',
    ],
    [
      'a preflight that passes',
      served(preflight('Access-Control-Request-Method: PUT'), ok(allowOrigin('*'), 'Access-Control-Allow-Methods: PUT')),
      'preflight',
      'Allowed',
    ],
    [
      'a preflight that refuses a header',
      served(
        preflight('Access-Control-Request-Method: GET', 'Access-Control-Request-Headers: accept,x-key'),
        ok(allowOrigin('*'), 'Access-Control-Allow-Headers: accept'),
      ),
      'preflight',
      'Blocked',
    ],
    [
      'a preflight with 405',
      served(preflight('Access-Control-Request-Method: PUT'), ['HTTP/1.1 405 Method Not Allowed', allowOrigin('*')]),
      'preflight',
      'Blocked',
    ],
    [
      'a preflight for an upload that is listened to',
      served(preflight('Access-Control-Request-Method: POST'), ok(allowOrigin('*'))),
      'preflight',
      'Allowed',
    ],
    ['a preflight without an answer', served(preflight('Access-Control-Request-Method: PUT'), null), 'preflight', 'Failed'],
  ])('%s', (_, exchange, kind, short) => {
    for (const profile of profileNames) expect(scriptVerdict(exchange, kind, profile)?.short ?? null).toBe(short)
  })

  it('says what decides, and what holds without credentials only', () => {
    expect(scriptVerdict(served(get(`Origin: ${page}`), ok(allowOrigin('https://b.example'))), 'request', 'chromium')?.cause).toBe(
      'another origin',
    )
    const open = served(preflight('Access-Control-Request-Method: PUT'), ok(allowOrigin('*'), 'Access-Control-Allow-Methods: *'))
    expect(scriptVerdict(open, 'preflight', 'standard')?.cause).toMatch(/^without credentials/)
  })
})

describe('a request made of it', () => {
  it('is the script’s: what the browser adds is left to the browser', () => {
    const exchange = served(
      [
        ...['PUT /orders/17 HTTP/1.1', 'Host: localhost:4001', `Origin: ${page}`, 'User-Agent: x', 'Accept: */*', 'Accept-Language: de'],
        ...['Sec-Fetch-Mode: cors', 'Cookie: a=1', 'Content-Type: application/json', 'X-Key: k', 'X-Key: l', 'Content-Length: 3'],
      ],
      ok(),
      '{ü',
    )
    const made = scenarioOfServed({ ...exchange, body: '{\xc3\xbc' }, 'request', { origin: 'https://x.example' })
    expect(made).toEqual({
      scenario: {
        id: 'served',
        page: { origin: page },
        request: {
          api: 'fetch',
          url: 'http://localhost:4001/orders/17',
          method: 'PUT',
          headers: [
            ['Content-Type', 'application/json'],
            ['X-Key', 'k'],
            ['X-Key', 'l'],
          ],
          body: '{ü',
          credentials: 'include',
        },
      },
      name: 'PUT /orders/17',
      losses: [],
    })
  })

  it('of a preflight, asks for the same', () => {
    const asks = 'content-type,range,x-key'
    const exchange = served(preflight('Access-Control-Request-Method: PUT', `Access-Control-Request-Headers: ${asks}`), ok())
    const { scenario, losses } = scenarioOfServed(exchange, 'preflight', { origin: 'https://x.example' })
    expect(losses).toHaveLength(1)
    for (const profile of profileNames)
      expect(predict(scenario, profile).exchanges[0]).toMatchObject({
        kind: 'preflight',
        origin: page,
        url: 'http://localhost:4001/orders/17',
        requestMethod: 'PUT',
        requestHeaders: asks.split(','),
      })
  })

  it('has the page that can be told, the mode, and says what it cannot hold', () => {
    const elsewhere = { origin: 'https://x.example' }
    const of = (exchange: ServedExchange) => scenarioOfServed(exchange, 'request', elsewhere)
    expect(of(served(get(), ok())).scenario.page).toEqual(elsewhere)
    expect(of(served(get('Sec-Fetch-Site: same-origin'), ok())).scenario.page).toEqual({ origin: 'http://localhost:4001' })
    expect(of(served(get('Origin: null'), ok())).scenario.page.sandboxed).toBe(true)
    expect(of(served(get('Sec-Fetch-Mode: no-cors'), ok())).scenario.request.mode).toBe('no-cors')
    const binary = of(served(['POST / HTTP/1.1', 'Host: localhost'], ok(), '\xff\xfe'))
    expect(binary.scenario.request.body).toBeUndefined()
    expect(binary.losses).toEqual([expect.stringMatching(/no text/)])
  })

  it('puts the chunks of a body together', () => {
    const chunked = served(['POST / HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked'], ok(), '2\r\nab\r\n1\r\nc\r\n0\r\n\r\n')
    expect(scenarioOfServed(chunked, 'request', { origin: page }).scenario.request.body).toBe('abc')
  })
})
