import { newPolicy } from '#shared/policy/policy'
import { all, count, exchange, header, inTurn, report, run, type Facts } from '../facts.ts'
import type { Lesson, LessonRequest, PageCard } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const kinds = pageHTML({
  title: 'Six requests',
  button: 'Send six requests',
  script: `
const orders = (way) => 'http://localhost:{api}/orders?way=' + way
await read('GET', orders('get'))
await read('POST of a form', orders('form'), { method: 'POST', body: new URLSearchParams({ item: 'tea' }) })
await read('POST of plain text', orders('text'), { method: 'POST', body: 'tea' })
await read('POST of JSON', orders('json'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"item":"tea"}' })
await read('GET with X-Api-Key', orders('key'), { headers: { 'X-Api-Key': 'k' } })
await read('PUT', orders('put'), { method: 'PUT', body: 'tea' })
`,
})

const orders = pageHTML({
  title: 'Orders',
  button: 'Read the orders',
  script: `
const response = await read('orders', 'http://localhost:{api}/orders')
if (response) {
  const total = response.headers.get('X-Total')
  saw('X-Total', total === null ? 'blocked' : 'read', total === null ? 'the script gets null' : total)
}
`,
})

const ordersCard: PageCard = { id: 'orders', url: 'http://localhost:{client}/orders', button: 'Read the orders' }
const readOrders: LessonRequest = {
  id: 'orders',
  name: 'The page’s request',
  page: { origin: 'http://localhost:{client}' },
  request: { api: 'fetch', url: 'http://localhost:{api}/orders', headers: [] },
}

const arrivedAs = (kind: 'preflight' | 'request', way: string) => exchange({ role: 'api', kind, target: `/orders?way=${way}` })
const isSimple = (facts: Facts, way: string) => all(arrivedAs('request', way))(facts) && count(facts, arrivedAs('preflight', way)) === 0
const isAskedFirst = (facts: Facts, way: string) => inTurn(arrivedAs('preflight', way), arrivedAs('request', way))(facts)

const read = report({ role: 'client', step: 'orders', outcome: 'read' })
const total = (outcome: 'blocked' | 'read') => report({ role: 'client', step: 'X-Total', outcome })
/** The server's own code answered, and no word of CORS with it. */
const silent = exchange({
  role: 'api',
  target: '/orders',
  handled: true,
  status: 200,
  response: (lines) => header(lines, 'Access-Control-Allow-Origin') === null,
})

export const simpleRequest: Lesson = {
  id: 'simple-request',
  title: 'A simple request',
  minutes: 8,
  servers: [
    {
      role: 'api',
      name: 'Orders API',
      port: 5000,
      definition: {
        policy: { ...newPolicy, origins: ['http://localhost:{client}'], requestHeaders: ['content-type', 'x-api-key'], maxAge: null },
        routes: [
          route(
            '*',
            '/orders',
            200,
            [
              ['Content-Type', 'application/json'],
              ['X-Total', '1'],
            ],
            '[{"id":7,"item":"tea"}]',
          ),
        ],
      },
    },
    { role: 'client', name: 'Orders page', port: 8000, definition: { routes: pageRoutes({ '/': kinds, '/orders': orders }) } },
  ],
  steps: [
    {
      title: 'Which are sent at once',
      text: [
        'Long before CORS, a form or an image could send a request to any server: a `GET`, a `HEAD`, or a `POST` with one of the three content types of forms. What a page could always send, its script may send as well. No server has to be asked first, so there is no preflight.',
        'Such a request has one of those three methods, and of headers only those that the standard calls safelisted: `Accept`, `Accept-Language`, `Content-Language`, a `Content-Type` of `application/x-www-form-urlencoded`, `multipart/form-data` or `text/plain`, and simple byte ranges.',
        'The page sends six requests. Guess which three are asked about first; in the log each of those has an `OPTIONS` before it.',
      ],
      why: { ...readOrders, request: { ...readOrders.request, method: 'PUT', body: 'tea' } },
      checks: [
        {
          id: 'at-once',
          text: 'The `GET`, the form and the plain text arrive without a preflight',
          done: (facts) => ['get', 'form', 'text'].every((way) => isSimple(facts, way)),
        },
        {
          id: 'asked-first',
          text: 'The JSON, the `X-Api-Key` and the `PUT` are asked about first',
          done: (facts) => ['json', 'key', 'put'].every((way) => isAskedFirst(facts, way)),
        },
      ],
      bench: [
        { part: 'pages', pages: [{ id: 'kinds', url: 'http://localhost:{client}/', button: 'Send six requests' }] },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'The headers of the answer',
      text: [
        'The browser adds `Origin: http://localhost:{client}` to the request. No script can change that header, so the server can rely on it, as long as it is a browser that asks. The server answers with `Access-Control-Allow-Origin`: that very origin, or `*`. If the two agree, the script may read status and body.',
        'Of the answer’s headers it may read only a few, such as `Content-Type`; the others stay hidden. This server sends `X-Total: 1`. Read the orders and see that the script gets `null`.',
        'Then add `X-Total` to the exposed headers, which sends `Access-Control-Expose-Headers`, and read them again. All these headers stand below, under “Every byte”.',
      ],
      why: readOrders,
      checks: [
        {
          id: 'agree',
          text: 'The server allows the very origin that the browser sent',
          done: (facts) =>
            all(read)(facts) &&
            facts.seen.some(
              (fact) =>
                fact.fact === 'exchange' &&
                fact.role === 'api' &&
                fact.kind === 'request' &&
                fact.origin !== null &&
                header(fact.response, 'Access-Control-Allow-Origin') === fact.origin,
            ),
        },
        { id: 'hidden', text: 'The script reads the orders, but not `X-Total`', done: all(total('blocked')) },
        { id: 'exposed', text: 'The script reads `X-Total`', done: inTurn(total('blocked'), total('read')) },
      ],
      bench: [
        { part: 'pages', pages: [ordersCard] },
        { part: 'policy', server: 'api' },
        { part: 'exchange', requests: [readOrders] },
      ],
    },
    {
      title: 'Who enforces it',
      text: [
        'Choose Nobody and read the orders again. The script gets an error. Yet the log shows that the request arrived, that the server’s own code ran, and that it answered with status 200. The whole answer reached the machine; the browser did not hand it to the page.',
        'Now run the same request below. The lab says what a browser would make of it: blocked. But the lab is no browser, and has the answer: under “Every byte” stand all headers and the orders. So it is for `curl`, for another server, for anybody with a program of their own.',
        'CORS protects the visitor of a page from that page. Against everybody else a server needs a log-in of its own.',
      ],
      why: readOrders,
      checks: [
        {
          id: 'blocked',
          text: 'The server answers in full, and the script is blocked',
          done: inTurn(silent, report({ role: 'client', step: 'orders', outcome: 'blocked' })),
        },
        {
          id: 'no-browser',
          text: 'The lab gets the same answer with no browser between',
          done: (facts) => count(facts, silent) >= 2 && all(run({ id: 'orders', outcome: 'network-error' }))(facts),
        },
      ],
      bench: [
        { part: 'policy', server: 'api' },
        { part: 'pages', pages: [ordersCard] },
        { part: 'exchange', requests: [readOrders] },
        { part: 'log', servers: ['api'] },
      ],
    },
  ],
}
