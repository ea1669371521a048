import { newPolicy } from '#shared/policy/policy'
import type { HeaderList } from '#shared/fetch/header-list'
import { all, exchange, header, inTurn, report } from '../facts.ts'
import type { BenchPart, Lesson, LessonRequest, Why } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const logIn = `await fetch('http://localhost:{api}/login', { method: 'POST', mode: 'no-cors', credentials: 'include' })`

const client = pageHTML({
  title: 'A client of the profile server',
  button: 'Press to read the profile',
  text: 'It logs in, which leaves a cookie, and asks for the profile twice.',
  script: `
${logIn}
await read('without cookies', 'http://localhost:{api}/profile')
await read('with cookies', 'http://localhost:{api}/profile', { credentials: 'include' })
`,
})

const change = pageHTML({
  title: 'Change the profile',
  button: 'Press to change the profile',
  text: 'It logs in and sends a PUT with the cookie.',
  script: `
${logIn}
await read('change', 'http://localhost:{api}/profile', { method: 'PUT', credentials: 'include', body: 'Ann B.' })
`,
})

const hasCookie = (headerList: HeaderList) => /(?:^|; )session=ann(?:;|$)/.test(header(headerList, 'Cookie') ?? '')
const hasNone = (headerList: HeaderList) => header(headerList, 'Cookie') === null
/** What an answer says of who may read it, and whether with credentials. */
const saying = (origin: RegExp, credentials: 'true' | null) => (headerList: HeaderList) =>
  origin.test(header(headerList, 'Access-Control-Allow-Origin') ?? '') &&
  header(headerList, 'Access-Control-Allow-Credentials') === credentials
const anybody = /^\*$/
const thePage = /^http:\/\/localhost:\d+$/

const asked = (origin: RegExp, credentials: 'true' | null) =>
  exchange({ role: 'api', kind: 'request', method: 'GET', status: 200, request: hasCookie, response: saying(origin, credentials) })
const blocked = report({ role: 'client', step: 'with cookies', outcome: 'blocked' })
const read = report({ role: 'client', step: 'with cookies', outcome: 'read', text: /"name":"Ann"/ })

const preflightAllowing = (methods: RegExp) =>
  exchange({
    role: 'api',
    kind: 'preflight',
    request: hasNone,
    response: (headerList) => methods.test(header(headerList, 'Access-Control-Allow-Methods') ?? '') && saying(thePage, 'true')(headerList),
  })
const changeBlocked = report({ role: 'client', step: 'change', outcome: 'blocked' })
const changeRead = report({ role: 'client', step: 'change', outcome: 'read', text: /^Saved/ })

const page: BenchPart = { part: 'pages', pages: [{ id: 'client', url: 'http://localhost:{client}/', button: 'Press the button' }] }

const loggedIn = [{ url: 'http://localhost:{api}/login', set: ['session=ann; Path=/; HttpOnly; SameSite=Lax'] }]
const thePageAsks = { page: { origin: 'http://localhost:{client}' }, cookies: loggedIn }
const readProfile: Why = {
  ...thePageAsks,
  request: { api: 'fetch', url: 'http://localhost:{api}/profile', headers: [], credentials: 'include' },
}
const changeProfile: LessonRequest = {
  id: 'change',
  name: 'The page’s PUT',
  ...thePageAsks,
  request: {
    api: 'fetch',
    url: 'http://localhost:{api}/profile',
    method: 'PUT',
    headers: [],
    body: 'Ann B.',
    credentials: 'include',
  },
}

export const credentials: Lesson = {
  id: 'credentials',
  title: 'Credentials',
  minutes: 8,
  servers: [
    {
      role: 'api',
      name: 'Profile server',
      port: 5000,
      definition: {
        policy: {
          ...newPolicy,
          origins: 'any',
          methods: ['*'],
          requestHeaders: 'asked',
          maxAge: null,
        },
        response: { kind: 'fixed', status: 404, headers: [['Content-Type', 'text/plain']], body: 'There is nothing here.' },
        routes: [
          route('POST', '/login', 204, [], '', { cookies: ['session=ann; Path=/; HttpOnly; SameSite=Lax'] }),
          route('GET', '/profile', 200, [['Content-Type', 'application/json']], '{"name":"Ann","plan":"gold"}', { needsCredentials: true }),
          route('PUT', '/profile', 200, [['Content-Type', 'text/plain']], 'Saved.', { needsCredentials: true }),
        ],
      },
    },
    { role: 'client', name: 'Client page', port: 8000, definition: { routes: pageRoutes({ '/': client, '/change': change }) } },
  ],
  steps: [
    {
      title: 'Cookies stay at home',
      text: [
        'The server on port {api} knows its visitors by a cookie. The page on port {client} logs in there and then asks for the profile, twice. A `fetch` to another origin takes no cookie along unless it says `credentials: "include"`: the first request is anonymous, and the page reads a 401.',
        'The second takes the cookie. The log shows a 200: the server knew the visitor. But the answer says `Access-Control-Allow-Origin: *`, and what was asked with credentials cannot be read on the word of a star. Otherwise every page could read what only this visitor may see.',
      ],
      why: readProfile,
      checks: [
        {
          id: 'anonymous',
          text: 'Without `include` no cookie arrived, and the page read the 401',
          done: all(
            exchange({ role: 'api', kind: 'request', method: 'GET', target: '/profile', status: 401, request: hasNone }),
            report({ role: 'client', step: 'without cookies', outcome: 'read', text: /^401 / }),
          ),
        },
        {
          id: 'star',
          text: 'With it the cookie arrived, and the star let nobody read',
          done: inTurn(asked(anybody, null), blocked),
        },
      ],
      bench: [page, { part: 'log', servers: ['api'] }],
    },
    {
      title: 'Two headers, word for word',
      text: [
        'To be read with credentials, an answer needs both: `Access-Control-Allow-Origin` with the exact origin of the page, and `Access-Control-Allow-Credentials: true`, in lower case. One without the other is not enough. Try all three, and press the button after each:',
        '1. Choose These origins, with `http://localhost:{client}`, and leave credentials off. 2. Choose Anybody again and switch credentials on. 3. Keep them on and choose These origins.',
        'Whoever asks is no way out: with credentials it hands the visitor’s data to every page.',
      ],
      why: readProfile,
      checks: [
        { id: 'no-permission', text: 'The exact origin alone: blocked', done: inTurn(asked(thePage, null), blocked) },
        { id: 'star-and-true', text: '`*` with `true`: blocked', done: inTurn(asked(anybody, 'true'), blocked) },
        { id: 'both', text: 'The exact origin with `true`: the page has read the profile', done: inTurn(asked(thePage, 'true'), read) },
      ],
      bench: [{ part: 'policy', server: 'api' }, page, { part: 'log', servers: ['api'] }],
    },
    {
      title: 'The preflight comes without',
      text: [
        'A `PUT` needs a preflight. A preflight never carries a cookie, whatever the request will carry: a server that asks for a login first refuses it. Its answer, too, must name the exact origin and say `true`.',
        'This server allows the methods `*`. With credentials that is no wildcard, but a method called `*`. Keep the policy that has let the page read, and press: blocked. Then name `PUT` among the methods and press again: the preflight passes without a cookie, and the `PUT` brings it. The same holds for `*` in the request headers and the exposed headers.',
      ],
      why: changeProfile,
      checks: [
        {
          id: 'star-method',
          text: 'The preflight came without a cookie, and `*` did not allow `PUT`',
          done: inTurn(preflightAllowing(/^\*$/), changeBlocked),
        },
        {
          id: 'changed',
          text: 'With `PUT` named the page has changed the profile',
          done: inTurn(
            preflightAllowing(/\bPUT\b/),
            exchange({ role: 'api', kind: 'request', method: 'PUT', status: 200, request: hasCookie }),
            changeRead,
          ),
        },
      ],
      bench: [
        { part: 'pages', pages: [{ id: 'change', url: 'http://localhost:{client}/change', button: 'Press the button' }] },
        { part: 'policy', server: 'api' },
        { part: 'exchange', requests: [changeProfile] },
        { part: 'log', servers: ['api'] },
      ],
    },
  ],
}
