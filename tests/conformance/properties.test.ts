import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import { isForbiddenRequestHeader } from '#shared/fetch/forbidden-request-header'
import { isCORSSafelistedMethod, normalizeAMethod } from '#shared/fetch/methods'
import { normalizeHeaderValue } from '#shared/fetch/tokens'
import { apis } from '#shared/fetch/scripted-request'
import { predict } from '#shared/lab/predict'
import { profileNames } from '#shared/lab/prediction'
import type { Prediction } from '#shared/lab/prediction'
import { Scenario } from '#shared/scenario/scenario'
import type { Answer } from '#shared/scenario/scenario'

const profile = fc.constantFrom(...profileNames)
const origins = ['http://app.test', 'http://app.test:8000', 'https://app.test', 'http://127.0.0.1:8000', 'null', 'nonsense', '']
const urls = [
  'http://api.test/0',
  'http://api.test/1',
  'http://app.test/0',
  'https://api.test/0',
  'http://127.0.0.1:8000/',
  'http://u:p@api.test/2',
  'http://api.test:6000/',
  'data:,x',
  'about:blank',
  'http://[',
  '',
  '//x',
]
const names = [
  'Accept',
  'Content-Type',
  'Range',
  'Authorization',
  'X-A',
  'x-a',
  'DPR',
  'Cookie',
  'Sec-X',
  'X-HTTP-Method',
  'bad name',
  'Available-Dictionary',
]
const values = ['', 'a', 'text/plain', 'application/json', 'bytes=0-1', 'TRACE', 'é', 'x'.repeat(129), 'a\nb', '"', '\u{1f600}']
const methods = ['GET', 'get', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'patch', 'OPTIONS', 'TRACE', 'CHICKEN', 'a b', '']

const oftenFrom = (known: readonly string[]) => fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, fc.string({ maxLength: 20 }))
const headers = fc.array(fc.tuple(oftenFrom(names), oftenFrom(values)), { maxLength: 4 })
const setCookie = fc
  .array(
    oftenFrom([
      'a=1',
      'b=2',
      '__Host-c=1',
      'Secure',
      'HttpOnly',
      'SameSite=None',
      'SameSite=Strict',
      'Partitioned',
      'Path=/',
      'Domain=test',
      'Domain=app.test',
      'Max-Age=5',
      'Max-Age=-1',
      'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'Expires=nonsense',
    ]),
    { maxLength: 5 },
  )
  .map((parts) => parts.join('; '))
const corsHeaders = fc.array(
  fc.oneof(
    fc.tuple(fc.constant('Access-Control-Allow-Origin'), oftenFrom(['*', ...origins])),
    fc.tuple(fc.constant('Access-Control-Allow-Credentials'), oftenFrom(['true', 'True'])),
    fc.tuple(fc.constant('Access-Control-Allow-Methods'), oftenFrom(['*', 'PUT', 'GET, DELETE', 'b@d'])),
    fc.tuple(fc.constant('Access-Control-Allow-Headers'), oftenFrom(['*', 'x-a, content-type', 'Authorization', 'x y'])),
    fc.tuple(fc.constant('Access-Control-Max-Age'), oftenFrom(['5', '-1'])),
    fc.tuple(fc.constant('Set-Cookie'), setCookie),
    fc.tuple(fc.constant('Location'), oftenFrom(urls)),
    fc.tuple(oftenFrom(names), oftenFrom(values)),
  ),
  { maxLength: 5 },
)
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    status: fc.oneof(fc.constantFrom(200, 204, 301, 302, 303, 307, 308, 401, 407, 421, 500), fc.integer()),
    headers: corsHeaders,
  }),
  fc.constant({ drop: true as const }),
)
const body = fc.oneof(
  oftenFrom(values),
  fc.record({
    kind: fc.constantFrom('urlencoded' as const, 'form' as const),
    value: fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 })),
  }),
  fc.record({ kind: fc.constant('blob' as const), value: fc.string(), type: oftenFrom(values) }),
  fc.record({ kind: fc.constant('bytes' as const), value: fc.string() }),
)

const requestParts = {
  api: fc.constantFrom(...apis),
  crossorigin: oftenFrom(['', 'anonymous', 'use-credentials']),
  url: oftenFrom(urls),
  method: oftenFrom(methods),
  headers,
  body,
  mode: oftenFrom(['cors', 'no-cors', 'same-origin', 'navigate']),
  credentials: oftenFrom(['omit', 'same-origin', 'include']),
  redirect: oftenFrom(['follow', 'error', 'manual']),
  uploadListener: fc.boolean(),
}
const later = fc.record(
  { ...requestParts, after: fc.double({ min: 0, max: 1e7, noNaN: true }) },
  { requiredKeys: ['api', 'url', 'headers'] },
)

/** Anything that the schema accepts, well-meant or not. */
const anyScenario: fc.Arbitrary<Scenario> = fc.record(
  {
    id: fc.string({ maxLength: 5 }),
    page: fc.record({ origin: oftenFrom(origins), sandboxed: fc.boolean() }, { requiredKeys: ['origin'] }),
    request: fc.record(requestParts, { requiredKeys: ['api', 'url', 'headers'] }),
    then: fc.array(later, { maxLength: 3 }),
    cookies: fc.array(fc.record({ url: oftenFrom(urls), set: fc.array(setCookie, { maxLength: 3 }) }), { maxLength: 3 }),
    server: fc.array(fc.record({ url: oftenFrom(urls), preflight: answer, response: answer }, { requiredKeys: ['url'] }), { maxLength: 4 }),
  },
  { requiredKeys: ['id', 'page', 'request'] },
)

const isAllowed = ({ outcome }: Prediction): boolean => outcome === 'cors' || outcome === 'basic' || outcome === 'load'

describe('a prediction', () => {
  it('is made of every scenario that the schema accepts', () => {
    fc.assert(
      fc.property(anyScenario, profile, (scenario, name) => {
        expect(v.is(Scenario, scenario)).toBe(true)
        const { trace, ruling, outcome, outcomes, exchanges } = predict(scenario, name)
        expect(outcomes?.length).toBe(scenario.then === undefined ? undefined : scenario.then.length + 1)
        expect(trace).toContain(ruling)
        expect(trace.every(({ sentence, link }) => sentence.endsWith('.') && link.startsWith('https://'))).toBe(true)
        if (outcome === 'exception' && outcomes === undefined) expect(exchanges).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('is the same for the same scenario', () => {
    fc.assert(
      fc.property(anyScenario, profile, (scenario, name) => {
        expect(predict(scenario, name)).toEqual(predict(scenario, name))
      }),
      { numRuns: 500 },
    )
  })

  it('has no preflight for what is safelisted', () => {
    const safelisted = fc.array(fc.tuple(fc.constantFrom('Accept', 'Accept-Language', 'Content-Type', 'Range'), oftenFrom(values)), {
      maxLength: 2,
    })
    fc.assert(
      fc.property(anyScenario, safelisted, fc.constantFrom('GET', 'HEAD', 'POST', 'post'), (scenario, list, method) => {
        const isSafe = list.every(([name, value]) => isCORSSafelistedRequestHeader(name, normalizeHeaderValue(value)))
        fc.pre(isSafe && new Set(list.map(([name]) => name)).size === list.length)
        const { api, url, credentials } = scenario.request
        const request = { api, url, method, headers: list, ...(credentials === undefined ? {} : { credentials }) }
        const alone = { ...scenario, request, then: [] }
        expect(predict(alone, 'standard').exchanges.filter(({ kind }) => kind === 'preflight')).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('starts with a preflight where a cross-origin request is not safelisted', () => {
    fc.assert(
      fc.property(fc.constantFrom(...methods), headers, profile, (method, list, name) => {
        const request = { api: 'fetch' as const, url: 'http://api.test/0', method, headers: list }
        const prediction = predict({ id: '', page: { origin: 'http://app.test' }, request, server: [] }, name)
        fc.pre(prediction.exchanges.length > 0)
        const unsafe = list.some(([each, value]) => /^x-a$|^authorization$/i.test(each) && !isForbiddenRequestHeader(each, value))
        if (unsafe || !isCORSSafelistedMethod(normalizeAMethod(method))) expect(prediction.exchanges[0]?.kind).toBe('preflight')
      }),
      { numRuns: 1000 },
    )
  })
})

/** A cross-origin request and the one step that answers it, for looking at what a change of the answer does. */
const preflighted = fc.record({
  method: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'GET'),
  headers: fc.uniqueArray(
    fc.tuple(fc.constantFrom('X-A', 'X-B', 'Authorization', 'Content-Type'), fc.constantFrom('1', 'application/json')),
    {
      selector: ([name]) => name,
    },
  ),
  credentials: fc.constantFrom('omit', 'include'),
  allowMethods: fc.subarray(['PUT', 'DELETE', 'PATCH', '*']),
  allowHeaders: fc.subarray(['x-a', 'X-B', 'Authorization', 'content-type', '*']),
})
type Preflighted = typeof preflighted extends fc.Arbitrary<infer T> ? T : never

function scenarioOf({ method, headers, credentials, allowMethods, allowHeaders }: Preflighted): Scenario {
  const origin: [string, string][] = [
    ['Access-Control-Allow-Origin', 'http://app.test'],
    ['Access-Control-Allow-Credentials', 'true'],
  ]
  const preflight = [
    ...origin,
    ['Access-Control-Allow-Methods', allowMethods.join(', ')] as [string, string],
    ['Access-Control-Allow-Headers', allowHeaders.join(', ')] as [string, string],
  ]
  return {
    id: 'p',
    page: { origin: 'http://app.test' },
    request: { api: 'fetch', url: 'http://api.test/', method, headers, credentials },
    server: [{ url: 'http://api.test/', preflight: { status: 204, headers: preflight }, response: { status: 200, headers: origin } }],
  }
}

describe('the verdict', () => {
  it('never turns from allowed to blocked when one more method or header is allowed', () => {
    fc.assert(
      fc.property(
        preflighted,
        profile,
        fc.constantFrom('PUT', 'DELETE', 'PATCH', '*'),
        fc.constantFrom('x-a', 'x-b', 'authorization', 'content-type', '*'),
        (before, name, method, header) => {
          const after = { ...before, allowMethods: [...before.allowMethods, method], allowHeaders: [...before.allowHeaders, header] }
          if (isAllowed(predict(scenarioOf(before), name))) expect(isAllowed(predict(scenarioOf(after), name))).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('does not depend on the order of the request’s headers', () => {
    fc.assert(
      fc.property(preflighted, profile, (given, name) => {
        const reversed = { ...given, headers: [...given.headers].reverse() }
        const said = ({ outcome, exchanges }: Prediction) => [outcome, exchanges.map(({ kind, requestHeaders }) => [kind, requestHeaders])]
        expect(said(predict(scenarioOf(reversed), name))).toEqual(said(predict(scenarioOf(given), name)))
      }),
      { numRuns: 1000 },
    )
  })

  it('needs each method and header that is not safelisted to be allowed, in the standard', () => {
    fc.assert(
      fc.property(preflighted, (given) => {
        const wildcard = (list: string[]) => given.credentials === 'omit' && list.includes('*')
        const methodAllowed = given.method === 'GET' || given.allowMethods.includes(given.method) || wildcard(given.allowMethods)
        const unsafe = given.headers
          .filter(([name, value]) => !isCORSSafelistedRequestHeader(name, value))
          .map(([name]) => name.toLowerCase())
        const lower = given.allowHeaders.map((name) => name.toLowerCase())
        const headersAllowed = unsafe.every((name) => lower.includes(name) || (wildcard(given.allowHeaders) && name !== 'authorization'))
        expect(isAllowed(predict(scenarioOf(given), 'standard'))).toBe(methodAllowed && headersAllowed)
      }),
      { numRuns: 2000 },
    )
  })
})
