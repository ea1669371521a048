import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Page, ScenarioRequest } from './scenario.ts'

/** A classic failure to look at: one server and one request, broken in one place. */
export interface Preset {
  readonly id: string
  /** Names between backticks are code. */
  readonly title: string
  readonly detail: string
  readonly server: Omit<MockServer, 'id' | 'port'>
  readonly page: Page
  /** Its URL is a path on the server. */
  readonly request: Omit<ScenarioRequest, 'url'> & { readonly path: string }
}

const origin = 'http://localhost:5173'
const page: Page = { origin }
const json: [string, string] = ['Content-Type', 'application/json']

/** A server that allows what the page asks for: each preset takes one thing away. */
const server = (name: string, changes: Partial<Omit<MockServer, 'id' | 'port' | 'name'>> = {}): Preset['server'] => {
  const whole: Partial<MockServer> = newMockServer({
    id: '',
    name,
    port: 0,
    response: { kind: 'json', status: 200, headers: [], body: '[{"id":17,"status":"open"}]' },
    ...changes,
  })
  delete whole.id
  delete whole.port
  return whole as Preset['server']
}
const policy = (changes: Partial<MockServer['policy']>): { policy: MockServer['policy'] } => ({ policy: { ...newPolicy, ...changes } })

const update = { api: 'fetch', method: 'PUT', path: '/orders/17', headers: [json], body: '{"status":"shipped"}' } as const
const read = { api: 'fetch', method: 'GET', path: '/orders', headers: [] } as const
type Request = Preset['request']
const request = (wanted: Omit<Request, 'headers'> & { headers: readonly (readonly [string, string])[] }): Request => ({
  ...wanted,
  headers: wanted.headers.map(([name, value]) => [name, value]),
})

/** Break it on purpose: the twelve that people ask about most. */
export const presets: readonly Preset[] = [
  {
    id: 'header-nobody-allowed',
    title: 'The header nobody allowed',
    detail: '`x-api-key` is missing from Allow-Headers',
    server: server('Key API'),
    page,
    request: request({ ...update, headers: [json, ['X-API-Key', 'k_4f1d']] }),
  },
  {
    id: 'works-in-curl',
    title: 'Works in curl, not in the page',
    detail: 'the answer has no Allow-Origin',
    server: server('Plain API', policy({ origins: 'none' })),
    page,
    request: request(read),
  },
  {
    id: 'login-before-preflight',
    title: 'Login before the preflight',
    detail: 'OPTIONS is answered with 401',
    server: server('Guarded API', { faults: ['preflight-needs-auth'], ...policy({ requestHeaders: ['authorization'] }) }),
    page,
    request: request({ ...read, headers: [['Authorization', 'Bearer t0k3n']] }),
  },
  {
    id: 'asterisk-and-cookie',
    title: 'The asterisk and the cookie',
    detail: '`*` together with credentials',
    server: server('Session API', policy({ origins: 'any' })),
    page,
    request: request({ ...read, path: '/session', credentials: 'include' }),
  },
  {
    id: 'patch-is-not-PATCH',
    title: '`patch` is not `PATCH`',
    detail: 'methods are compared letter by letter',
    server: server('Patch API'),
    page,
    request: request({ ...update, method: 'patch' }),
  },
  {
    id: 'fine-until-it-fails',
    title: 'Fine until it fails',
    detail: 'a 500 that lost its CORS headers',
    server: server('Failing API', {
      faults: ['errors-lose-cors-headers'],
      response: { kind: 'json', status: 500, headers: [], body: '{"error":"The database is away."}' },
    }),
    page,
    request: request(update),
  },
  {
    id: 'trailing-slash',
    title: 'The trailing slash',
    detail: 'a preflight may not be redirected',
    server: server('Slash API', { faults: ['preflight-redirected'] }),
    page,
    request: request(update),
  },
  {
    id: 'opaque-answer',
    title: 'The opaque answer',
    detail: '`mode: "no-cors"`: sent, answered, unreadable',
    server: server('Quiet API', policy({ origins: 'none' })),
    page,
    request: request({ ...read, mode: 'no-cors' }),
  },
  {
    id: 'allowed-twice',
    title: 'Allowed twice is not allowed',
    detail: 'proxy and application both send Allow-Origin',
    server: server('Proxied API', { faults: ['allow-origin-twice'] }),
    page,
    request: request(read),
  },
  {
    id: 'localhost-is-a-name',
    title: '`localhost` is not `127.0.0.1`',
    detail: 'another host is another origin',
    server: server('Local API'),
    page: { origin: 'http://127.0.0.1:5173' },
    request: request(read),
  },
  {
    id: 'redirect-to-login',
    title: 'The redirect to the login page',
    detail: 'where it leads to, nobody thought of CORS',
    server: server('Portal API', {
      response: { kind: 'redirect', status: 302, headers: [], location: '/login' },
      routes: [
        {
          id: 'login',
          method: 'GET',
          path: '/login',
          response: { kind: 'fixed', status: 200, headers: [['Content-Type', 'text/html']], body: '<h1>Sign in</h1>' },
          delay: 0,
          needsCredentials: false,
          cookies: [],
          policy: { ...newPolicy, origins: 'none' },
          faults: null,
        },
      ],
    }),
    page,
    request: request(read),
  },
  {
    id: 'header-out-of-sight',
    title: 'The header out of sight',
    detail: '`x-total-count` arrives, and the script reads null',
    server: server('Paged API', {
      response: { kind: 'json', status: 200, headers: [['X-Total-Count', '212']], body: '[{"id":17}]' },
    }),
    page,
    request: request({ ...read, path: '/orders?page=2' }),
  },
]
