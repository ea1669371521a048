import type { Policy } from '#shared/policy/policy'
import { exchange, header, inTurn, report, type Facts } from '../facts.ts'
import type { BenchPart, Check, Lesson, LessonServer, PageCard, Why } from '../lesson.ts'
import { pageHTML, pageRoutes, route } from '../page-html.ts'

const json = (body: string) => ({
  kind: 'fixed' as const,
  status: 200,
  headers: [['Content-Type', 'application/json'] as [string, string]],
  body,
})

const allowing = (origins: Policy['origins'], credentials = false): Policy => ({
  origins,
  refusedOrigin: 'no-headers',
  credentials,
  methods: [],
  requestHeaders: [],
  exposedHeaders: [],
  maxAge: null,
  vary: { origin: true, preflight: false },
  preflightStatus: 204,
  headerEdits: [],
})

/** A server that everybody who reaches it may ask: that it cannot be reached from outside is all that guards it. */
const inside = (role: string, name: string, port: number, host: string, origins: Policy['origins'], scheme: 'http' | 'https' = 'http') =>
  ({
    role,
    name,
    port,
    host,
    definition: { scheme, policy: allowing(origins), response: json('{"salaries":[{"name":"Alice","pay":5200}]}') },
  }) satisfies LessonServer

const page = (role: string, name: string, port: number, host: string, pages: Readonly<Record<string, string>>) =>
  ({ role, name, port, host, definition: { policy: allowing('none'), routes: pageRoutes(pages) } }) satisfies LessonServer

const stealing = (step: string, url: string, init = '') =>
  pageHTML({ title: 'You have won a prize', button: 'Claim it', script: `await read('${step}', '${url}'${init})` })

const includes = `, { credentials: 'include' }`

/** A frame without `allow-same-origin`: whatever page it is in, it sends `Origin: null`. */
const fromNull = pageHTML({
  title: 'You have won a prize',
  button: 'Claim it',
  script: `
const frame = document.createElement('iframe')
frame.sandbox = 'allow-scripts'
frame.srcdoc = \`<script>
fetch('{drafts.origin}/').then((response) => response.text()).then(
  (text) => parent.postMessage(['read', text], '*'),
  (error) => parent.postMessage(['blocked', String(error)], '*'))
<\\/script>\`
const told = new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data), { once: true }))
document.body.append(frame)
saw('null', ...await told)
frame.remove()`,
})

/** Somebody who has logged in at the shop. */
const loggedIn = [{ url: '{api.origin}/login', set: ['session=alice; Path=/; HttpOnly; SameSite=Lax'] }]

const attack = (id: string, url: string, note?: string): PageCard => ({
  id,
  url,
  button: 'Open the hostile page',
  ...(note === undefined ? {} : { note }),
})
const own: PageCard = { id: 'app', url: '{app.origin}/', button: 'Open the shop’s page' }

const pages = (...cards: PageCard[]): BenchPart => ({ part: 'pages', pages: cards })

const read = (role: string, step: string) => report({ role, step, outcome: 'read', text: /^\{/ })
const blocked = (role: string, step: string) => report({ role, step, outcome: 'blocked' })

/** An attack that came through, and after it one that did not. */
const attacked = (id: string, role: string, step: string, what: string): Check[] => [
  { id: `${id}-stolen`, text: `${what} has read it`, done: inTurn(read(role, step)) },
  { id: `${id}-fixed`, text: `${what} is kept from reading it`, done: inTurn(read(role, step), blocked(role, step)) },
]

/** The shop's own page reads after the hostile one was kept out: the fix has kept what was wanted. */
const keeps = (id: string, step: string, after: ReturnType<typeof blocked>): Check => ({
  id: `${id}-kept`,
  text: 'The shop’s own page still reads',
  done: (facts: Facts) => inTurn(after, read('app', step))(facts),
})

const asks = (who: string, url: string, request: Partial<Why['request']> = {}): Why => ({
  page: { origin: `{${who}.origin}` },
  request: { api: 'fetch', url, headers: [], ...request },
})
/** With whatever cookie of the shop goes along. */
const asksForProfile = (who: string): Why => ({ ...asks(who, '{api.origin}/profile', { credentials: 'include' }), cookies: loggedIn })

export const misconfigured: Lesson = {
  id: 'misconfigured',
  title: 'Misconfigured',
  minutes: 15,
  servers: [
    {
      role: 'api',
      name: 'Shop API',
      port: 5000,
      host: 'api.shop.test',
      definition: {
        policy: allowing('asked', true),
        routes: [
          route('GET', '/profile', 200, [['Content-Type', 'application/json']], '{"name":"Alice","card":"…4242"}', {
            needsCredentials: true,
          }),
        ],
      },
    },
    page('app', 'Shop page', 8000, 'app.shop.test', {
      '/': pageHTML({
        title: 'The shop',
        button: 'Show what is mine',
        script: `
await read('profile', '{api.origin}/profile'${includes})
await read('check', '{checked.origin}/')
await read('drafts', '{drafts.origin}/')
await read('secure', '{secure.origin}/')`,
      }),
      '/injected': stealing('injected', '{secure.origin}/'),
    }),
    page('evil', 'Customer’s page', 8001, 'evil.shop.test', { '/': stealing('profile', '{api.origin}/profile', includes) }),
    page('stranger', 'Hostile page', 8002, 'evil.test', {
      '/': stealing('profile', '{api.origin}/profile', includes),
      '/null': fromNull,
      '/inside': stealing('inside', '{inside.origin}/'),
    }),
    page('suffix', 'Another hostile page', 8003, 'evilshop.test', { '/': stealing('suffix', '{checked.origin}/') }),
    page('prefix', 'A third hostile page', 8004, 'app.shop.test.evil.test', { '/': stealing('prefix', '{checked.origin}/') }),
    inside('checked', 'Price server', 5001, 'prices.shop.test', ['{app.origin}', '{suffix.origin}', '{prefix.origin}']),
    inside('drafts', 'Drafts server', 5002, 'drafts.shop.test', ['{app.origin}', 'null']),
    inside('secure', 'Payroll server', 5003, 'pay.shop.test', ['https://app.shop.{top}', '{app.origin}'], 'https'),
    inside('inside', 'Intranet server', 5004, 'intranet.shop.test', 'any'),
  ],
  steps: [
    {
      title: 'Whoever asks',
      text: [
        'The shop’s API repeats every `Origin` it is sent and adds `Access-Control-Allow-Credentials: true`. The browser’s check passes for every page there is.',
        'Alice is logged in. She opens `{evil.origin}`, a customer’s page on a subdomain of the shop: of another origin, but of the same site. Her session cookie goes along, and the page reads her profile.',
        'Then open `{stranger.origin}`. It is of another site, so a cookie with `SameSite=Lax` stays behind: the page reads an answer, but only the one for strangers. That is the cookie’s doing. With `SameSite=None; Secure` it hangs on the browser: Safari blocks third-party cookies, Firefox keeps them apart for each site, Chrome sends them unless its user has blocked them.',
      ],
      why: asksForProfile('evil'),
      checks: [
        { id: 'profile-stolen', text: 'The customer’s page has read Alice’s profile', done: inTurn(read('evil', 'profile')) },
        {
          id: 'cookie-sent',
          text: 'Her session cookie went along with that request',
          done: inTurn(
            exchange({
              role: 'api',
              target: '/profile',
              status: 200,
              origin: /^http:\/\/evil\.shop\./,
              request: (headers) => header(headers, 'Cookie') !== null,
            }),
          ),
        },
        {
          id: 'stranger',
          text: 'The page of another site has read the answer for strangers',
          done: inTurn(report({ role: 'stranger', step: 'profile', outcome: 'read', text: /^401/ })),
        },
      ],
      bench: [
        pages(
          { ...attack('evil', '{evil.origin}/', 'Alice has logged in at the shop before.'), cookies: loggedIn },
          { ...attack('stranger', '{stranger.origin}/', 'Alice has logged in at the shop before.'), cookies: loggedIn },
        ),
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'Fix it and attack again',
      text: [
        'The fix is a list of the origins that are meant, whole ones, compared letter by letter. Choose These origins and write `{app.origin}`. Keep Allow credentials on, for the shop’s own page needs it.',
        'Attack again: the customer’s page gets an error. See in the log that its request arrived, cookie and all, and was answered: the list keeps the answer from the page. Then open the shop’s page and see that it still reads.',
        'A pattern such as `http://*.shop.{top}` would not have helped: the customer’s page is one of those.',
      ],
      why: asksForProfile('evil'),
      checks: [
        {
          id: 'profile-fixed',
          text: 'The customer’s page is kept from reading it',
          done: inTurn(read('evil', 'profile'), blocked('evil', 'profile')),
        },
        keeps('profile', 'profile', blocked('evil', 'profile')),
      ],
      bench: [
        { part: 'policy', server: 'api' },
        pages(
          { ...attack('evil', '{evil.origin}/', 'Alice has logged in at the shop before.'), cookies: loggedIn },
          { ...own, cookies: loggedIn },
        ),
        { part: 'log', servers: ['api'] },
      ],
    },
    {
      title: 'A check that matches too much',
      text: [
        'Many servers do not compare origins, but look for a piece of the host. `host.endsWith("shop.{top}")` lets in `{suffix.origin}`; `host.startsWith("app.shop.{top}")` lets in `{prefix.origin}`. Anybody can register such names. An unescaped dot in a regular expression does the same harm.',
        'This server’s list holds what two such checks would let in. It asks for no login: that it stands inside the company’s network is all that guards it, and the visitor’s browser stands there, too.',
        'Attack from both pages, take both origins off the list, and attack again.',
      ],
      why: asks('suffix', '{checked.origin}/'),
      checks: [
        ...attacked('suffix', 'suffix', 'suffix', 'The page with the fitting ending'),
        ...attacked('prefix', 'prefix', 'prefix', 'The page with the fitting beginning'),
        keeps('check', 'check', blocked('prefix', 'prefix')),
      ],
      bench: [
        pages(attack('suffix', '{suffix.origin}/'), attack('prefix', '{prefix.origin}/'), own),
        { part: 'policy', server: 'checked' },
        { part: 'log', servers: ['checked'] },
      ],
    },
    {
      title: 'The origin null',
      text: [
        'Somebody opened a page from a file, saw `Origin: null` in the request, and put `null` on the list. But `null` is nobody’s name. Every page can make a frame with `sandbox="allow-scripts"`, and whatever that frame asks for goes out with `Origin: null`.',
        '`{stranger.origin}` does so, and reads what the list was to protect. Take `null` off the list and attack again. For pages on your own disk, start a server on localhost instead.',
      ],
      why: { ...asks('stranger', '{drafts.origin}/'), page: { origin: '{stranger.origin}', sandboxed: true } },
      checks: [...attacked('null', 'stranger', 'null', 'The sandboxed frame'), keeps('drafts', 'drafts', blocked('stranger', 'null'))],
      bench: [
        pages(attack('null', '{stranger.origin}/null'), own),
        { part: 'policy', server: 'drafts' },
        { part: 'log', servers: ['drafts'] },
      ],
    },
    {
      title: 'An insecure origin',
      text: [
        'The payroll server speaks `https:` only, and lets in `{app.origin}`, which does not. Whoever sits between a visitor and the shop, in a café’s network, can write a script into a page that comes by `http:`. It then has the shop’s origin, and the server trusts it.',
        'Open the page into which such a script was written: it reads over an encrypted connection what it should not have. Take the insecure origin off the list, leave `https://app.shop.{top}`, and attack again.',
        'The shop’s page must now come by `https:` itself, or it reads no more than the attacker.',
      ],
      why: asks('app', '{secure.origin}/'),
      checks: attacked('insecure', 'app', 'injected', 'The injected script'),
      bench: [
        pages({
          ...attack('injected', '{app.origin}/injected', 'The shop’s page, with a script written into it on its way.'),
          windowNote:
            'The payroll server’s certificate is from the lab’s own authority. A browser that does not trust it reads nothing here: let the lab find a browser, or trust the authority in this one.',
        }),
        { part: 'policy', server: 'secure' },
        { part: 'log', servers: ['secure'] },
      ],
    },
    {
      title: 'The star inside the network',
      text: [
        '`*` is right for what anybody may have anyway. On a server that is guarded only by where it stands, it gives the inside away: a page from outside runs in a browser inside, and that browser asks on its behalf. No cookie is needed.',
        'Attack, choose Nobody or list who is meant, and attack again.',
        'Chromium asks its user before a page from a public address may reach a private one. Do not build on that: it is not in every browser, and people press Allow.',
      ],
      why: asks('stranger', '{inside.origin}/'),
      checks: attacked('inside', 'stranger', 'inside', 'The page from outside'),
      bench: [
        pages(attack('inside', '{stranger.origin}/inside')),
        { part: 'policy', server: 'inside' },
        { part: 'log', servers: ['inside'] },
      ],
    },
  ],
}
