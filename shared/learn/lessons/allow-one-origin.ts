import { newPolicy } from '#shared/policy/policy'
import { all, header, inTurn, report, type Facts } from '../facts.ts'
import type { BenchPart, Lesson, Why } from '../lesson.ts'
import { listingsOfAllowOneOrigin } from '../listings/allow-one-origin.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const client = pageHTML({
  title: 'A client of the greeting server',
  button: 'Press to read the greeting',
  text: 'The same page has two origins, by the name that it was opened under.',
  script: `await read('greeting', 'http://localhost:{api}/')`,
})

// The first request has no Origin: it asks for nothing that may be read. The query makes each press start anew.
const twice = pageHTML({
  title: 'One URL, fetched twice',
  button: 'Press to fetch twice',
  text: 'First as an image would be, without CORS; then to be read.',
  script: `
const url = 'http://localhost:{api}/kept?' + Date.now()
await read('without CORS', url, { mode: 'no-cors' })
await read('then to read', url)
`,
})

const byAddress = /^http:\/\/127\.0\.0\.1:/
const byName = /^http:\/\/localhost:/
const read = (origin: RegExp) => report({ role: 'client', step: 'greeting', outcome: 'read', origin, text: /^Hello, 127\.0\.0\.1!$/ })
const blocked = (origin: RegExp) => report({ role: 'client', step: 'greeting', outcome: 'blocked', origin })
const keptBlocked = report({ role: 'client', step: 'then to read', outcome: 'blocked' })
const keptRead = report({ role: 'client', step: 'then to read', outcome: 'read' })

/** The list lets in two, and not whoever asks. */
const letsInTwo = ({ servers }: Facts): boolean => {
  const origins = servers['api']?.policy.origins
  return Array.isArray(origins) && [byAddress, byName].every((origin) => origins.some((each) => origin.test(each) && !each.includes('*')))
}

const saysVary = ({ seen, servers }: Facts): boolean =>
  servers['api']?.policy.vary.origin === true &&
  seen.some((fact) => fact.fact === 'exchange' && fact.role === 'api' && header(fact.response, 'Vary') === 'Origin')

const pages: BenchPart = {
  part: 'pages',
  pages: [
    { id: 'address', url: 'http://127.0.0.1:{client}/', button: 'Press the button' },
    { id: 'name', url: 'http://localhost:{client}/', button: 'Press the button' },
  ],
}

/** What the page asks, by its other name. */
const greet: Why = {
  page: { origin: 'http://localhost:{client}' },
  request: { api: 'fetch', url: 'http://localhost:{api}/', headers: [] },
}

export const allowOneOrigin: Lesson = {
  id: 'allow-one-origin',
  title: 'Workshop 2: allow one origin',
  minutes: 8,
  servers: [
    {
      role: 'api',
      name: 'Greeting server',
      port: 5000,
      definition: {
        policy: {
          ...newPolicy,
          origins: ['http://127.0.0.1:{client}'],
          methods: 'asked',
          requestHeaders: 'asked',
          maxAge: null,
          vary: { origin: false, preflight: false },
        },
        response: { kind: 'fixed', status: 200, headers: [['Content-Type', 'text/plain']], body: 'Hello, 127.0.0.1!' },
        routes: [
          route(
            'GET',
            '/kept',
            200,
            [
              ['Content-Type', 'text/plain'],
              ['Cache-Control', 'max-age=600'],
            ],
            'Kept for ten minutes.',
          ),
        ],
      },
    },
    { role: 'client', name: 'Client page', port: 8000, definition: { routes: pageRoutes({ '/': client, '/twice': twice }) } },
  ],
  steps: [
    {
      title: 'Two names of one page',
      text: [
        'This server allows one origin, `http://127.0.0.1:{client}`. The page at port {client} opens under two names: `127.0.0.1` and `localhost`. It is the same file from the same server. Press the button of both.',
        'One reads and one does not. The server compares the `Origin` that the browser sends with its list, letter by letter, and answers the one that is in it with `Access-Control-Allow-Origin`. Nobody looks up where the names lead. The ruler marks the part in which the two origins differ.',
      ],
      why: greet,
      checks: [
        { id: 'allowed', text: 'The page at `127.0.0.1` has read the greeting', done: all(read(byAddress)) },
        { id: 'refused', text: 'The page at `localhost` was kept from it', done: all(blocked(byName)) },
      ],
      bench: [
        pages,
        { part: 'ruler', title: 'The two origins', a: 'http://127.0.0.1:{client}/', b: 'http://localhost:{client}/' },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Fix it for both',
      text: [
        '`Access-Control-Allow-Origin` takes one origin, or `*`. Two origins in it, with a comma or a space between, match nobody. So a server that allows two keeps a list, and says to each the one that asked.',
        'Add `http://localhost:{client}` to the origins. No slash at the end: an origin has no path. Then press both buttons again, and see in the log that the two have asked from different origins.',
      ],
      why: greet,
      checks: [
        {
          id: 'both',
          text: 'Both pages have read it, from a list of two',
          done: (facts) => letsInTwo(facts) && inTurn(blocked(byName), read(byName))(facts) && all(read(byAddress))(facts),
        },
      ],
      bench: [{ part: 'policy', server: 'api' }, pages, { part: 'log', servers: ['api'] }],
    },
    {
      title: 'Tell the caches',
      text: [
        'Now the answer depends on who asks, and a cache cannot know. This page fetches one URL twice: first as an image would, with no `Origin`, so the answer has no CORS header; then to read it. The server allows caches to keep its answer. Press the button: the second request never leaves the browser, and the answer that was kept lets nobody read.',
        'Tick `Origin` at Vary and press again. `Vary: Origin` says that the answer holds for the `Origin` that it was asked with: the browser asks anew. A server that answers by origin says it every time, to those it refuses, too. The listings below do.',
      ],
      checks: [
        { id: 'kept', text: 'A kept answer keeps an allowed page from reading', done: all(keptBlocked) },
        {
          id: 'vary',
          text: 'With `Vary: Origin` it reads',
          done: (facts) => saysVary(facts) && inTurn(keptBlocked, keptRead)(facts),
        },
      ],
      bench: [
        { part: 'pages', pages: [{ id: 'twice', url: 'http://127.0.0.1:{client}/twice', button: 'Press the button' }] },
        { part: 'policy', server: 'api' },
        { part: 'log', servers: ['api'] },
        { part: 'listings', listings: listingsOfAllowOneOrigin },
      ],
    },
  ],
}
