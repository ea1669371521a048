import { newPolicy } from '#shared/policy/policy'
import { all, inTurn, report } from '../facts.ts'
import type { Lesson, LessonRequest } from '../lesson.ts'
import { pageHTML, pageRoutes } from '../page-html.ts'
import { listingsOfAllowEverybody } from '../listings/allow-everybody.ts'

const client = pageHTML({
  title: 'A client of the greeting server',
  button: 'Press to read the greeting',
  text: 'This page is from another origin than the server that it asks.',
  script: `await read('greeting', 'http://localhost:{api}/')`,
})

const greet: LessonRequest = {
  id: 'greet',
  name: 'The page’s request',
  page: { origin: 'http://localhost:{client}' },
  request: { api: 'fetch', url: 'http://localhost:{api}/', headers: [] },
}

const isOff = ({ servers }: Parameters<Lesson['steps'][number]['checks'][number]['done']>[0]) => servers['api']?.policy.origins === 'none'
const read = report({ role: 'client', step: 'greeting', outcome: 'read', text: /Hello, CORS-enabled world!/ })
const blocked = report({ role: 'client', step: 'greeting', outcome: 'blocked' })

export const allowEverybody: Lesson = {
  id: 'allow-everybody',
  title: 'Workshop 1: allow everybody',
  minutes: 8,
  servers: [
    {
      role: 'api',
      name: 'Greeting server',
      port: 5000,
      definition: {
        policy: {
          ...newPolicy,
          origins: 'any',
          methods: 'asked',
          requestHeaders: 'asked',
          maxAge: null,
          vary: { origin: false, preflight: false },
        },
        response: { kind: 'fixed', status: 200, headers: [['Content-Type', 'text/plain']], body: 'Hello, CORS-enabled world!' },
      },
    },
    { role: 'client', name: 'Client page', port: 8000, definition: { routes: pageRoutes({ '/': client }) } },
  ],
  steps: [
    {
      title: 'Press the button',
      text: [
        'A server on port {api} greets whoever asks. A page from port {client} has a button that asks it. Two ports, so two origins: the browser lets the page’s script read the greeting only if the server says so.',
        'This server says `Access-Control-Allow-Origin: *` to every request: any page may read. Press the button and see the greeting arrive.',
      ],
      why: greet,
      checks: [{ id: 'read', text: 'The page has read the greeting', done: all(read) }],
      bench: [
        { part: 'pages', pages: [{ id: 'client', url: 'http://localhost:{client}/', button: 'Press the button' }] },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Switch it off',
      text: [
        'Choose Nobody: the server goes on answering, and says nothing of CORS any more. Press again.',
        'The script gets an error and the console has a message. But look at the log: the request arrived, the server’s own code ran, and it answered with status 200 all the same. The browser keeps the answer from the page; it does not keep the request from the server.',
      ],
      why: greet,
      checks: [
        { id: 'blocked', text: 'The page was kept from reading', done: (facts) => isOff(facts) && inTurn(read, blocked)(facts) },
        {
          id: 'ran',
          text: 'The server’s code ran all the same',
          done: (facts) =>
            inTurn(blocked)(facts) &&
            facts.seen.filter((fact) => fact.fact === 'exchange' && fact.role === 'api' && fact.handled).length >= 2,
        },
      ],
      bench: [
        { part: 'policy', server: 'api' },
        { part: 'pages', pages: [{ id: 'client', url: 'http://localhost:{client}/', button: 'Press the button' }] },
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Without a browser',
      text: [
        'The lab can send the same request itself. Run it while nobody is allowed: the lab shows the whole answer, because no browser stands between. CORS protects what a visitor’s browser can reach, not what a server sends.',
        'Then let Anybody read again and press the button once more. Below stands the same server for Flask and for Express, to run outside the lab.',
      ],
      checks: [
        { id: 'again', text: 'The page reads again', done: inTurn(blocked, read) },
        {
          id: 'sent',
          text: 'The lab has sent the request itself',
          done: ({ seen }) => seen.some((fact) => fact.fact === 'run' && fact.id === 'greet'),
        },
      ],
      bench: [
        { part: 'exchange', requests: [greet] },
        { part: 'policy', server: 'api' },
        { part: 'pages', pages: [{ id: 'client', url: 'http://localhost:{client}/', button: 'Press the button' }] },
        { part: 'listings', listings: listingsOfAllowEverybody },
      ],
    },
  ],
}
