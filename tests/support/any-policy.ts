import fc from 'fast-check'
import type { HeaderEdit, Policy } from '#shared/policy/policy'

const often = (known: readonly string[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, fc.string({ maxLength: 12, unit: 'binary' }))

const origins = often([
  ...[
    'https://app.example.com',
    'https://app.example.com/',
    'https://APP.example.com',
    'https://app.example.com:443',
    'HTTPS://*.Example.com/x',
  ],
  ...[
    'http://app.example.com',
    'http://app.example.com:443',
    'http://app.example.com:80',
    'http://*.example.com:443',
    'http://a.example:*',
  ],
  ...[
    'http://localhost:*',
    'http://localhost:5173',
    'http://127.0.0.1',
    'http://127.1',
    'http://[::1]:80',
    'http://[0:0::1]',
    'http://[::1]:*',
  ],
  ...[
    'https://*.github.io',
    'https://*.co.uk',
    'https://*.com',
    'http://*.github.io:*',
    'https://*.*.com',
    'https://*',
    'https://a.*',
    'https://*a.com',
  ],
  ...[
    'null',
    'NULL',
    '*',
    '',
    ' ',
    '\v',
    'app.example.com',
    'localhost:5173',
    '*.example.com',
    'https://münchen.example',
    'https://ex%61mple.com',
  ],
  ...[
    'file://',
    'data:',
    'about:blank',
    'ws://a.example',
    'chrome-extension://abcdef',
    'capacitor://localhost/',
    'capacitor://localhost/x',
  ],
  ...[
    'https://u:p@a.example',
    'https:a.example',
    'https://a.example:99999',
    'https://a.example:8080:*',
    'https://a.example?',
    'https://a.example#x',
  ],
  ...['https://a.example, https://b.example', 'https://a b.example', '://', 'https://', 'https://a.example:'],
])
const methods = often([
  ...[
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'put',
    'patch',
    'PATCH',
    'Delete',
    'DELETE',
    'options',
    'OPTIONS',
    'TRACE',
    'connect',
    'CHICKEN',
    'chicken',
    '*',
  ],
  ...['a b', 'GET, PUT', 'put,PUT', 'é', '', ',', ' PUT '],
])
const names = often([
  ...[
    'content-type',
    'Content-Type',
    'authorization',
    'Authorization',
    'x-api-key',
    '*',
    'cookie',
    'Origin',
    'Accept',
    'accept-language',
    'host',
  ],
  ...[
    'access-control-allow-origin',
    'Access-Control-Request-Method',
    'set-cookie',
    'Set-Cookie2',
    'content-length',
    'Expires',
    'sec-x',
    'proxy-y',
  ],
  ...['x-http-method', 'range', 'bad name', 'a, b', 'X-A,x-a', 'é', '', '*,*'],
])
const headers = often([
  ...[
    'Access-Control-Allow-Origin',
    'access-control-allow-origin',
    'Access-Control-Allow-Credentials',
    'Access-Control-Allow-Methods',
    'Vary',
  ],
  ...[
    'Access-Control-Allow-Headers',
    'Access-Control-Expose-Headers',
    'Access-Control-Max-Age',
    'Access-Control-Allow-Header',
    'vary',
    'X-Extra',
  ],
  ...['Content-Length', '#x', 'bad name', ''],
])
const values = often([
  '*',
  'true',
  'True',
  'https://app.example.com',
  'https://a.example, https://b.example',
  'Origin',
  'PUT',
  '600',
  '',
  'a\nb',
  ' x ',
  ' \v',
  'ü',
  '中',
])
const on = fc.constantFrom<HeaderEdit['on']>('preflight', 'response')
const before = fc.option(headers, { nil: undefined })
const withBefore = <T extends object>(record: fc.Arbitrary<T>) =>
  fc.tuple(record, before).map(([edit, anchor]) => (anchor === undefined ? edit : { ...edit, before: anchor }))

const headerEdit: fc.Arbitrary<HeaderEdit> = fc.oneof(
  withBefore(fc.record({ edit: fc.constant('extra' as const), on, name: headers, value: values })),
  fc.record({ edit: fc.constant('removed' as const), on, name: headers }),
  withBefore(fc.record({ edit: fc.constant('doubled' as const), on, name: headers })),
)

/** Policies as people write them, and as nobody would. */
export const anyPolicy: fc.Arbitrary<Policy> = fc.record<Policy>({
  origins: fc.oneof(fc.constantFrom('none' as const, 'any' as const, 'asked' as const), {
    weight: 3,
    arbitrary: fc.array(origins, { maxLength: 4 }),
  }),
  refusedOrigin: fc.constantFrom('no-headers', 'first-origin', '403'),
  credentials: fc.boolean(),
  methods: fc.oneof(fc.constant('asked' as const), { weight: 3, arbitrary: fc.array(methods, { maxLength: 4 }) }),
  requestHeaders: fc.oneof(fc.constant('asked' as const), { weight: 3, arbitrary: fc.array(names, { maxLength: 4 }) }),
  exposedHeaders: fc.array(names, { maxLength: 4 }),
  maxAge: fc.oneof(fc.constantFrom(null, -1, 0, 5, 600, 601, 7200, 86_400, 86_401, 1e21, -0), fc.integer()),
  vary: fc.record({ origin: fc.boolean(), preflight: fc.boolean() }),
  preflightStatus: fc.oneof(fc.constantFrom(200, 204, 302, 404), fc.integer({ min: 200, max: 599 })),
  headerEdits: fc.oneof({ weight: 2, arbitrary: fc.constant<HeaderEdit[]>([]) }, fc.array(headerEdit, { maxLength: 4 })),
})
