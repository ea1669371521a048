import { exchange, header, inTurn, report } from '../facts.ts'
import type { HeaderList } from '#shared/fetch/header-list'
import type { BenchPart, Lesson, PageCard, Why } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

/** Sends a form into a hidden frame and tries to read what came back there. */
const sendForm = `
const frame = document.createElement('iframe')
frame.name = 'answer'
frame.hidden = true
const form = document.createElement('form')
form.method = 'post'
form.action = '{api.origin}/transfer'
form.target = 'answer'
form.innerHTML = '<input type="hidden" name="to" value="mallory"><input type="hidden" name="amount" value="100">'
document.body.append(frame, form)
const isEmpty = () => {
  try {
    return frame.contentWindow.location.href === 'about:blank'
  } catch {
    return false
  }
}
const answered = new Promise((resolve) => frame.addEventListener('load', () => isEmpty() || resolve()))
form.submit()
await answered
try {
  saw('form', 'read', frame.contentWindow.document.body.textContent)
} catch (error) {
  saw('form', 'blocked', error)
}
frame.remove()
form.remove()`

const order = `JSON.stringify({ to: 'mallory', amount: 100 })`

const hostilePage = (script: string) => pageHTML({ title: 'You have won a prize', button: 'Claim it', script })
const formPage = hostilePage(sendForm)

/** Somebody who has logged in at the bank. */
const loggedIn = [{ url: '{api.origin}/login', set: ['session=alice; Path=/; HttpOnly; SameSite=Lax'] }]

const attack = (id: string, url: string, button: string): PageCard => ({
  id,
  url,
  button,
  cookies: loggedIn,
  note: 'Alice has logged in at the bank before.',
})
const form = attack('form', '{evil.origin}/', 'Open the page with the form')
const pages = (...cards: PageCard[]): BenchPart => ({ part: 'pages', pages: cards })
const log: BenchPart = { part: 'log', servers: ['api'] }

const has = (name: string, value: RegExp) => (headers: HeaderList) => value.test(header(headers, name) ?? '')
const fromEvil = /^http:\/\/evil\.bank\./
const fromStranger = /^http:\/\/evil\.(?:test|localhost)/

const transfer = { role: 'api', kind: 'request', method: 'POST', target: '/transfer' } as const
const formArrived = exchange({ ...transfer, origin: fromEvil, status: 200, handled: true, request: has('Cookie', /session=/) })
const asJSON = exchange({ ...transfer, request: has('Content-Type', /^application\/json/) })

/** A script's request with whatever cookie of the bank goes along. */
const asks = (who: string, request: Partial<Why['request']>): Why => ({
  page: { origin: `{${who}.origin}` },
  request: { api: 'fetch', url: '{api.origin}/transfer', headers: [], credentials: 'include', ...request },
  cookies: loggedIn,
})
const likeTheForm: Partial<Why['request']> = {
  method: 'POST',
  mode: 'no-cors',
  body: { kind: 'urlencoded', value: { to: 'mallory', amount: '100' } },
}

export const notCSRFProtection: Lesson = {
  id: 'not-csrf-protection',
  title: 'CORS is not CSRF protection',
  minutes: 10,
  servers: [
    {
      role: 'api',
      name: 'Bank',
      port: 5000,
      host: 'api.bank.test',
      definition: {
        policy: {
          origins: 'none',
          refusedOrigin: 'no-headers',
          credentials: true,
          methods: [],
          requestHeaders: 'asked',
          exposedHeaders: [],
          maxAge: null,
          vary: { origin: true, preflight: false },
          preflightStatus: 204,
          headerEdits: [],
        },
        routes: [route('POST', '/transfer', 200, [['Content-Type', 'text/plain']], 'The money is sent.', { needsCredentials: true })],
      },
    },
    {
      role: 'app',
      name: 'Bank page',
      port: 8000,
      host: 'app.bank.test',
      definition: {
        routes: pageRoutes({
          '/': pageHTML({
            title: 'The bank',
            button: 'Send money',
            script: `
const body = new URLSearchParams({ to: 'bob', amount: '5' })
await read('transfer', '{api.origin}/transfer', { method: 'POST', credentials: 'include', body })`,
          }),
        }),
      },
    },
    {
      role: 'evil',
      name: 'Customer’s page',
      port: 8001,
      host: 'evil.bank.test',
      definition: {
        routes: pageRoutes({
          '/': formPage,
          '/json': hostilePage(`
await read('json', '{api.origin}/transfer', {
  method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: ${order},
})`),
          '/plain': hostilePage(`
await read('plain', '{api.origin}/transfer', { method: 'POST', mode: 'no-cors', credentials: 'include', body: ${order} })`),
        }),
      },
    },
    { role: 'stranger', name: 'Hostile page', port: 8002, host: 'evil.test', definition: { routes: pageRoutes({ '/': formPage }) } },
  ],
  steps: [
    {
      title: 'The form arrives',
      text: [
        'Alice is logged in at a bank that lets nobody read: no CORS header at all. She opens `{evil.origin}`, a page on a subdomain that somebody else has taken over. It sends a form to the bank; no click is needed.',
        'Forms were sent across origins long before CORS, and no preflight comes before them. Her cookie goes along, the bank’s code runs, and the money is sent. The page cannot read the answer, and has no need to: the harm is in the sending. That is cross-site request forgery, CSRF.',
        'CORS rules on who may read. It is no protection from a request.',
      ],
      why: asks('evil', likeTheForm),
      checks: [
        { id: 'arrived', text: 'The form arrived with Alice’s cookie, and the bank’s code ran', done: inTurn(formArrived) },
        {
          id: 'unreadable',
          text: 'The page could not read the answer',
          done: inTurn(formArrived, report({ role: 'evil', step: 'form', outcome: 'blocked' })),
        },
      ],
      bench: [pages(form), log],
    },
    {
      title: 'JSON forces a preflight',
      text: [
        'No form can send `Content-Type: application/json`. A script that wants to must ask first by a preflight, and this bank does not answer with leave: the `POST` never leaves the browser.',
        'But that protects only who insists on it. This bank reads any body as JSON, whatever its type says. Send the same text as `text/plain`: no preflight, and it arrives.',
        'And a policy can give it away. Choose Whoever asks and send the JSON again: the preflight is let through, and the request with it.',
      ],
      why: asks('evil', { method: 'POST', headers: [['Content-Type', 'application/json']], body: '{"to":"mallory","amount":100}' }),
      checks: [
        {
          id: 'stopped',
          text: 'A preflight came, and no JSON after it',
          done: (facts) =>
            inTurn(
              exchange({ role: 'api', kind: 'preflight', target: '/transfer', origin: fromEvil }),
              report({ role: 'evil', step: 'json', outcome: 'blocked' }),
            )(facts) && !facts.seen.some(asJSON),
        },
        {
          id: 'plain',
          text: 'The same text as `text/plain` arrived without one',
          done: inTurn(
            exchange({ ...transfer, origin: fromEvil, status: 200, request: has('Content-Type', /^text\/plain/) }),
            report({ role: 'evil', step: 'plain', outcome: 'opaque' }),
          ),
        },
        {
          id: 'given-away',
          text: 'With Whoever asks, the JSON arrived, too',
          done: inTurn(report({ role: 'evil', step: 'json', outcome: 'blocked' }), asJSON),
        },
      ],
      bench: [
        pages(
          attack('json', '{evil.origin}/json', 'Open the page with the JSON'),
          attack('plain', '{evil.origin}/plain', 'Open the page with the text'),
        ),
        { part: 'policy', server: 'api' },
        log,
      ],
    },
    {
      title: 'SameSite',
      text: [
        'The cookie was set with `SameSite=Lax`. Open the same form on `{stranger.origin}`, which is of another site: it arrives without the cookie, and the bank answers 401.',
        'So `SameSite` helps, and Chromium takes a cookie that says nothing for `Lax`; other browsers may not. But it goes by sites, not by origins: from `{evil.origin}` the cookie went along, and it would with `Strict`, too. And `Lax` lets the cookie go with every link that leads to the bank: a `GET` must change nothing.',
      ],
      why: asks('stranger', likeTheForm),
      checks: [
        {
          id: 'stays',
          text: 'From another site the form arrived without the cookie',
          done: inTurn(
            exchange({ ...transfer, origin: fromStranger, status: 401, request: (headers) => header(headers, 'Cookie') === null }),
          ),
        },
      ],
      bench: [pages(attack('stranger', '{stranger.origin}/', 'Open the page of another site'), form), log],
    },
    {
      title: 'What does protect',
      text: [
        'The server must tell its own pages’ requests from others before it does anything. Browsers send `Origin` with every `POST`, forms included, and no page can change it: refuse what you do not know. `Sec-Fetch-Site` says as much. Or give your own pages a token that no other can read, and want it back.',
        'Choose These origins, write `{app.origin}`, and let a refused origin get 403: here the server’s code does not run at all. Open the page with the form again, then the bank’s own.',
      ],
      why: asks('app', { method: 'POST' }),
      checks: [
        {
          id: 'refused',
          text: 'The form got 403, and the bank’s code did not run',
          done: inTurn(formArrived, exchange({ ...transfer, origin: fromEvil, status: 403, handled: false })),
        },
        {
          id: 'own',
          text: 'The bank’s own page still sends money',
          done: inTurn(
            exchange({ ...transfer, origin: fromEvil, status: 403, handled: false }),
            report({ role: 'app', step: 'transfer', outcome: 'read', text: 'The money is sent.' }),
          ),
        },
      ],
      bench: [
        { part: 'policy', server: 'api' },
        pages(form, { id: 'app', url: '{app.origin}/', button: 'Open the bank’s page', cookies: loggedIn }),
        log,
      ],
    },
  ],
}
