import { newPolicy } from '#shared/policy/policy'
import { answer, count, exchange, header, inTurn, report, type ExchangeFact, type Fact, type Facts } from '../facts.ts'
import type { Lesson, LessonRequest, PageCard } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

/** Its URL is another each time, so that no answer to an earlier preflight holds for it. */
const once = pageHTML({
  title: 'An order',
  button: 'Delete the order',
  script: `
const order = 'http://localhost:{api}/orders/7?' + Date.now()
await read('delete', order, { method: 'DELETE', headers: { 'X-Api-Key': 'k' } })
`,
})

const twice = pageHTML({
  title: 'The same twice',
  button: 'Delete it twice',
  script: `
const order = 'http://localhost:{api}/orders/7?' + Date.now()
for (const step of ['first', 'second']) await read(step, order, { method: 'DELETE', headers: { 'X-Api-Key': 'k' } })
`,
})

const deleteOrder: LessonRequest = {
  id: 'delete',
  name: 'The page’s request',
  page: { origin: 'http://localhost:{client}' },
  request: { api: 'fetch', url: 'http://localhost:{api}/orders/7', method: 'DELETE', headers: [['X-Api-Key', 'k']] },
}

const onceCard: PageCard = { id: 'once', url: 'http://localhost:{client}/', button: 'Delete the order' }
const twiceCard: PageCard = { id: 'twice', url: 'http://localhost:{client}/twice', button: 'Delete it twice' }

const listed = (fact: ExchangeFact, name: string) => (header(fact.response, name) ?? '').split(',').map((each) => each.trim())
const asked = { method: 'DELETE', header: 'x-api-key' }

/** What a preflight's answer must allow, in the order in which browsers look at it. Nothing here is sent with credentials, so `*` will do. */
const allows = {
  origin: ({ origin, response }: ExchangeFact) => ['*', origin].includes(header(response, 'Access-Control-Allow-Origin')),
  status: ({ status }: ExchangeFact) => status !== null && status >= 200 && status <= 299,
  method: (fact: ExchangeFact) => listed(fact, 'Access-Control-Allow-Methods').some((each) => each === '*' || each === asked.method),
  header: (fact: ExchangeFact) =>
    listed(fact, 'Access-Control-Allow-Headers').some((each) => each === '*' || each.toLowerCase() === asked.header),
}
type Part = keyof typeof allows

/** A preflight that such a part of its answer stopped. */
const broken = (part: Part) => (fact: Fact) =>
  isPreflight(fact) && (Object.keys(allows) as Part[]).find((each) => !allows[each](fact)) === part

const isPreflight = (fact: Fact): fact is ExchangeFact => fact.fact === 'exchange' && fact.role === 'api' && fact.kind === 'preflight'
const deleted = exchange({ role: 'api', kind: 'request', method: 'DELETE', handled: true })
const read = report({ role: 'client', step: 'delete', outcome: 'read' })
const blocked = report({ role: 'client', step: 'delete', outcome: 'blocked' })

/** After such a preflight the script was blocked, and no request with its URL ever came. */
const stoppedBy = (part: Part) => (facts: Facts) =>
  inTurn(broken(part), blocked)(facts) &&
  facts.seen.some((fact) => broken(part)(fact) && count(facts, exchange({ kind: 'request', target: (fact as ExchangeFact).target })) === 0)

/** Both requests of one press arrived, after so many preflights. */
const pairAfter =
  (preflights: number, maxAge: RegExp) =>
  (facts: Facts): boolean =>
    facts.seen.some(
      (fact) =>
        isPreflight(fact) &&
        maxAge.test(header(fact.response, 'Access-Control-Max-Age') ?? '') &&
        count(facts, exchange({ kind: 'request', target: fact.target })) === 2 &&
        count(facts, exchange({ kind: 'preflight', target: fact.target })) === preflights,
    )

export const preflight: Lesson = {
  id: 'preflight',
  title: 'The preflight',
  minutes: 10,
  servers: [
    {
      role: 'api',
      name: 'Orders API',
      port: 5000,
      definition: {
        policy: {
          ...newPolicy,
          origins: ['http://localhost:{client}'],
          methods: ['GET', 'PUT', 'DELETE'],
          requestHeaders: ['x-api-key'],
          maxAge: 86400,
        },
        routes: [route('DELETE', '/orders/:id', 200, [['Content-Type', 'text/plain']], 'deleted')],
      },
    },
    { role: 'client', name: 'Orders page', port: 8000, definition: { routes: pageRoutes({ '/': once, '/twice': twice }) } },
  ],
  steps: [
    {
      title: 'A question first',
      text: [
        'No form could ever send `DELETE`. A server from before CORS does not expect one from a foreign page, so the browser asks before it sends: a preflight.',
        'It is an `OPTIONS` to the same URL with three headers. `Origin`: who asks. `Access-Control-Request-Method: DELETE`: what for. `Access-Control-Request-Headers: x-api-key`: with which headers besides the safelisted ones. It has no body and no cookies.',
        'This server answers 204 and says what it allows: the origin, the methods, the headers, and how long the browser may remember it, 86400 seconds. Then the `DELETE` follows. Press, and find both in the log; the diagram below shows every header.',
      ],
      why: deleteOrder,
      checks: [
        {
          id: 'asked',
          text: 'The browser asks for `DELETE` with `x-api-key`',
          done: ({ seen }) =>
            seen.some(
              (fact) =>
                isPreflight(fact) &&
                fact.method === 'OPTIONS' &&
                header(fact.request, 'Origin') !== null &&
                header(fact.request, 'Access-Control-Request-Method') === asked.method &&
                header(fact.request, 'Access-Control-Request-Headers') === asked.header,
            ),
        },
        {
          id: 'allowed',
          text: 'The server answers 204 with its methods and a max-age of 86400',
          done: ({ seen }) =>
            seen.some(
              (fact) =>
                isPreflight(fact) &&
                fact.status === 204 &&
                allows.method(fact) &&
                header(fact.response, 'Access-Control-Max-Age') === '86400',
            ),
        },
        { id: 'sent', text: 'The `DELETE` follows, and the script reads the answer', done: inTurn(isPreflight, deleted, read) },
      ],
      bench: [
        { part: 'pages', pages: [onceCard] },
        { part: 'log', servers: ['api'] },
        { part: 'exchange', requests: [deleteOrder] },
      ],
    },
    {
      title: 'Break the answer',
      text: [
        'Every part of the answer can stop the request on its own. Break one, press, put it back, and break the next:',
        '`Access-Control-Allow-Origin`: choose Nobody, or name another origin. `Access-Control-Allow-Methods`: take `DELETE` off the list. `Access-Control-Allow-Headers`: take `x-api-key` off. The status: write 404; a preflight is good only with a status from 200 to 299.',
        'Each time the script gets the same error, and the server gets an `OPTIONS` and no `DELETE`. This is the difference to a simple request: what is refused here has not happened.',
      ],
      why: deleteOrder,
      checks: [
        { id: 'no-origin', text: 'Stopped because the origin is not allowed', done: stoppedBy('origin') },
        { id: 'no-method', text: 'Stopped because `DELETE` is not allowed', done: stoppedBy('method') },
        { id: 'no-header', text: 'Stopped because `x-api-key` is not allowed', done: stoppedBy('header') },
        { id: 'no-status', text: 'Stopped because of the status', done: stoppedBy('status') },
        { id: 'mended', text: 'The `DELETE` goes through again', done: inTurn(blocked, deleted, read) },
      ],
      bench: [
        { part: 'policy', server: 'api' },
        { part: 'pages', pages: [onceCard] },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Asked once',
      text: [
        'A question before every request would be slow. So the browser keeps the answer in its CORS-preflight cache, for as many seconds as `Access-Control-Max-Age` says, and for 5 if it says nothing. What is kept holds for one page’s origin and one URL only.',
        'This page sends the same `DELETE` twice. Press and count the preflights in the log. Then set Max-age to 0, which means that nothing is kept, and press again.',
      ],
      why: { ...deleteOrder, then: [deleteOrder.request] },
      checks: [
        { id: 'once', text: 'Two requests after one preflight', done: pairAfter(1, /^[1-9]/) },
        { id: 'each-time', text: 'With a max-age of 0, a preflight before each', done: pairAfter(2, /^0$/) },
      ],
      bench: [
        { part: 'pages', pages: [twiceCard] },
        { part: 'policy', server: 'api' },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Move the clock',
      text: [
        'No browser keeps an answer as long as a server may ask for. Chromium stops at 7200 seconds, WebKit at 600, Firefox at 86400; the standard leaves the limit to the browser.',
        'Set Max-age to 86400 again and move the clock to the second request. Find a moment at which no browser asks anew, one at which some do, and one at which all do.',
      ],
      why: { ...deleteOrder, then: [{ ...deleteOrder.request, after: 600_000 }] },
      checks: [
        { id: 'none-asks', text: 'No browser asks again', done: ({ seen }) => seen.some(answer({ question: 'clock:' })) },
        {
          id: 'some-ask',
          text: 'Chromium asks again, and Firefox does not',
          done: ({ seen }) => seen.some(answer({ question: /^clock:(?!.*firefox).*chromium/ })),
        },
        {
          id: 'all-ask',
          text: 'Every browser asks again',
          done: ({ seen }) => seen.some(answer({ question: /^clock:chromium,firefox,webkit/ })),
        },
      ],
      bench: [
        { part: 'clock', request: { ...deleteOrder, id: 'later' } },
        { part: 'policy', server: 'api' },
      ],
    },
  ],
}
