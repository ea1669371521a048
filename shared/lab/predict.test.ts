import { describe, expect, it } from 'vitest'
import { profiles } from '#shared/beyond-fetch/profiles/index'
import { emptyPreflightCache } from '#shared/fetch/cors-preflight-cache'
import type { CORSPreflightCache } from '#shared/fetch/cors-preflight-cache'
import { drive, driveAsync } from '#shared/fetch/steps'
import type { ScenarioRequest, ServerStep } from '#shared/scenario/scenario'
import { answersOfExchanges, answersOfServerSteps } from './answers.ts'
import { predict, scenarioSteps } from './predict.ts'
import { freshState, requestSteps } from './request-steps.ts'

const page = { origin: 'http://app.test' }
const api = 'http://api.test/'

/** A request to the other origin, and what its server answers. */
function scenario(request: Partial<ScenarioRequest>, preflight: [string, string][], response: [string, string][], more: ServerStep[] = []) {
  const first = { url: api, preflight: { status: 204, headers: preflight }, response: { status: 200, headers: response } }
  return { id: 's', page, request: { api: 'fetch' as const, url: api, headers: [], ...request }, server: [first, ...more] }
}
const allow = (value: string): [string, string] => ['Access-Control-Allow-Origin', value]
const allowMethods = (value: string): [string, string] => ['Access-Control-Allow-Methods', value]
const allowHeaders = (value: string): [string, string] => ['Access-Control-Allow-Headers', value]

describe('predict', () => {
  it('lets a safelisted request through on one exchange, and says which step did', () => {
    const { exchanges, outcome, status, headers, ruling } = predict(scenario({}, [], [allow('*'), ['X-A', '1'], ['ETag', 'x']]), 'standard')
    expect(exchanges.map(({ kind, method, url, origin }) => [kind, method, url, origin])).toEqual([
      ['request', 'GET', api, 'http://app.test'],
    ])
    expect([outcome, status, headers]).toEqual(['cors', 200, []])
    expect(ruling.step).toBe('main-fetch/14.1.3')
  })

  it('stops at the preflight, so that the request is never sent', () => {
    const { exchanges, outcome, ruling } = predict(
      scenario({ method: 'PUT' }, [allow('*'), allowMethods('DELETE')], [allow('*')]),
      'standard',
    )
    expect(exchanges.map(({ kind }) => kind)).toEqual(['preflight'])
    expect(outcome).toBe('network-error')
    expect(ruling).toMatchObject({
      step: 'cors-preflight-fetch/7.5',
      effect: 'stopped',
      exchanges: 1,
      sentence: 'Blocked: the server does not allow PUT.',
      link: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
      facts: { method: 'PUT', allowMethods: ['DELETE'] },
    })
  })

  it('says what asks for the preflight', () => {
    const headers: [string, string][] = [
      ['X-A', '1'],
      ['Content-Type', 'application/json'],
      ['Accept', 'a'],
    ]
    const { trace } = predict(scenario({ method: 'PATCH', headers }, [], []), 'standard')
    expect(trace[0]).toMatchObject({
      step: 'main-fetch/12',
      effect: 'decided',
      facts: { unsafeMethod: 'PATCH', unsafeHeaderNames: ['content-type', 'x-a'], needsPreflight: true },
      sentence:
        "The request leaves the page's origin, http://app.test, and needs a preflight: PATCH, content-type and x-a are not CORS-safelisted.",
    })
  })

  it.each([
    ['Authorization is not covered by *', 'Authorization', '*', 'omit', 'cors-preflight-fetch/7.6'],
    ['* is just a name with credentials', 'X-A', '*', 'include', 'cors-preflight-fetch/7.7'],
    ['a header that is not allowed', 'X-A', 'x-b', 'omit', 'cors-preflight-fetch/7.7'],
    ['a list that is none', 'X-A', 'x-a x-b', 'omit', 'cors-preflight-fetch/7.3'],
  ])('stops where %s', (_, name, allowed, credentials, step) => {
    const answer = [allow('http://app.test'), ['Access-Control-Allow-Credentials', 'true'] as [string, string], allowHeaders(allowed)]
    expect(predict(scenario({ headers: [[name, '1']], credentials }, answer, answer), 'standard').ruling.step).toBe(step)
  })

  it('marks what a browser does otherwise, in the trace and in the outcome', () => {
    const given = scenario({ headers: [['Authorization', 'x']] }, [allow('*'), allowHeaders('*')], [allow('*')])
    expect(predict(given, 'standard').outcome).toBe('network-error')
    const { outcome, trace } = predict(given, 'chromium')
    expect(outcome).toBe('cors')
    expect(trace.find(({ deviation }) => deviation === 'wildcardCoversAuthorization')?.sentence).toMatch(
      /^The server allows authorization with \*\. /,
    )
  })

  it('exposes every header for * only without credentials', () => {
    const headers: [string, string][] = [allow('*'), ['Access-Control-Expose-Headers', '*'], ['X-A', '1'], ['Set-Cookie', 'a']]
    expect(predict(scenario({}, [], headers), 'standard').headers).toEqual([
      'access-control-allow-origin',
      'access-control-expose-headers',
      'x-a',
    ])
    const credentialed: [string, string][] = [
      allow('http://app.test'),
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Expose-Headers', '*'],
      ['X-A', '1'],
    ]
    expect(predict(scenario({ credentials: 'include' }, [], credentialed), 'standard').headers).toEqual([])
  })

  it('takes Authorization away when a redirect leads to another origin', () => {
    const redirecting = {
      ...scenario({ headers: [['Authorization', 'x']] }, [allow('*'), allowHeaders('authorization')], []),
      server: [
        {
          url: api,
          preflight: { status: 204, headers: [allow('*'), allowHeaders('authorization')] },
          response: { status: 302, headers: [allow('*'), ['Location', 'http://other.test/'] as [string, string]] },
        },
        { url: 'http://other.test/', response: { status: 200, headers: [allow('null')] } },
      ],
    }
    const { exchanges, outcome } = predict(redirecting, 'standard')
    expect(exchanges.map(({ kind, origin }) => [kind, origin])).toEqual([
      ['preflight', 'http://app.test'],
      ['request', 'http://app.test'],
      ['request', 'null'],
    ])
    expect(exchanges[2]?.headerList.some(([name]) => name === 'Authorization')).toBe(false)
    expect(outcome).toBe('cors')
  })

  it('gives up after twenty redirects', () => {
    const around = {
      ...scenario({}, [], []),
      server: [{ url: api, response: { status: 307, headers: [allow('*'), ['Location', api] as [string, string]] } }],
    }
    const { exchanges, ruling } = predict(around, 'standard')
    expect(exchanges).toHaveLength(21)
    expect(ruling.step).toBe('http-redirect-fetch/7')
  })

  it('answers status 500 without headers for a URL that no step answers', () => {
    expect(predict({ ...scenario({}, [], []), server: [] }, 'standard')).toMatchObject({
      outcome: 'network-error',
      ruling: { step: 'cors-check/2', facts: { status: 500 } },
    })
  })

  it('ends as unanswered where there are no servers', () => {
    const { id, request } = scenario({ method: 'PUT' }, [], [])
    const { outcome, exchanges, ruling } = predict({ id, page, request }, 'standard')
    expect(outcome).toBe('unanswered')
    expect(exchanges.map(({ answer }) => answer.type)).toEqual(['unanswered'])
    expect(ruling).toMatchObject({ step: 'http-network-fetch/8.5', result: 'unanswered' })
  })

  it('throws nothing where the script would: that is an outcome', () => {
    expect(predict(scenario({ method: 'TRACE' }, [], []), 'standard')).toMatchObject({
      outcome: 'exception',
      exchanges: [],
      ruling: { step: 'request-constructor/25.2' },
    })
  })
})

describe('scenarioSteps', () => {
  const given = scenario({ method: 'PUT' }, [allow('*'), allowMethods('PUT')], [allow('*')])
  const answers = answersOfServerSteps(given.server)

  it('come to the same when they are driven with and without waiting', async () => {
    const waited = await driveAsync(scenarioSteps(given, 'firefox', 0), async (fetch) => Promise.resolve(answers(fetch)))
    expect(waited).toEqual(drive(scenarioSteps(given, 'firefox', 0), answers))
  })

  it('come to the same when the answers are replayed', () => {
    const first = predict(given, 'webkit')
    expect(predict(given, 'webkit', answersOfExchanges(first.exchanges))).toEqual(first)
  })
})

describe('the CORS-preflight cache', () => {
  const given = scenario({ method: 'PUT' }, [allow('*'), allowMethods('PUT'), ['Access-Control-Max-Age', '10000']], [allow('*')])
  const run = (profile: 'standard' | 'chromium', preflightCache: CORSPreflightCache, now: number) =>
    drive(requestSteps(given, given.request, profiles[profile], { ...freshState, preflightCache, now }), answersOfServerSteps(given.server))
  const kinds = ({ prediction }: ReturnType<typeof run>) => prediction.exchanges.map(({ kind }) => kind)

  it('spares the second preflight until max-age has passed', () => {
    const { preflightCache } = run('standard', emptyPreflightCache, 0).state
    expect(kinds(run('standard', preflightCache, 9999))).toEqual(['request'])
    expect(kinds(run('standard', preflightCache, 10000))).toEqual(['preflight', 'request'])
  })

  it('is kept for no longer than the browser’s limit', () => {
    const { preflightCache } = run('chromium', emptyPreflightCache, 0).state
    expect(kinds(run('chromium', preflightCache, 7199))).toEqual(['request'])
    expect(kinds(run('chromium', preflightCache, 7200))).toEqual(['preflight', 'request'])
  })
})
