import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMockServer, type RunningMockServer } from '#node/mock-server/mock-server'
import { run } from '#node/runner/run'
import { answersOfExchanges } from '#shared/lab/answers'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { profileNames, type Prediction, type ProfileName } from '#shared/lab/prediction'
import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import type { Scenario } from '#shared/scenario/scenario'
import { sampled } from '../support/quick.ts'
import { throwAwayCertificates } from '../support/throw-away-certificates.ts'
import { scenarios } from './vectors.ts'

const certificates = throwAwayCertificates()

const really = async (scenario: Scenario, profile: ProfileName): Promise<Prediction> => {
  const { prediction } = await run({
    scenario,
    profile,
    timeout: 30_000,
    signal: new AbortController().signal,
    onExchange: () => undefined,
    certificates,
  })
  return prediction
}

describe.each(profileNames)('the same scenarios give the same rulings all three ways: %s', (profile) => {
  // All of them for the standard; for the browsers, which differ in few, every third.
  const secure = [...scenarios('second'), ...scenarios('further')].filter(({ family }) => family === 'secure')
  const all = [...scenarios(), ...scenarios('elements'), ...secure].filter((_, index) => profile === 'standard' || index % 3 === 0)
  const chosen = sampled(all, 4)

  it(`predicted, run and replayed, ${chosen.length} scenarios`, { timeout: 120_000 }, async () => {
    const disagreements = []
    for (const scenario of chosen) {
      const predicted = predict(scenario, profile)
      const ran = await really(scenario, profile)
      const replayed = predict(scenario, profile, answersOfExchanges(ran.exchanges))
      if (!agree(predicted, ran) || JSON.stringify(replayed) !== JSON.stringify(ran))
        disagreements.push({ id: scenario.id, predicted, ran, replayed })
    }
    expect(disagreements).toEqual([])
  })
})

/** Ruling for ruling, header for header. A recorded answer has no reason phrase, and a body where HTTP has none; a network error has words of its own. */
const agree = (a: Prediction, b: Prediction): boolean => JSON.stringify(essence(a)) === JSON.stringify(essence(b))

const essence = ({ exchanges, trace, outcome, status, headers }: Prediction) => ({
  outcome,
  status,
  headers,
  trace: trace.map(({ step, result, effect, exchanges: sent }) => ({ step, result, effect, sent })),
  exchanges: exchanges.map(({ answer, ...sent }) => ({
    ...sent,
    answer: answer.type === 'response' ? { status: answer.status, headerList: answer.headerList } : answer.type,
  })),
})

describe('a mock server’s policy gives the same, predicted and run, to the last byte', () => {
  const definition = newMockServer({ id: 'mock', name: 'Mock', port: 0 })
  let server: RunningMockServer
  beforeAll(async () => {
    server = await startMockServer(definition, { onExchange: () => undefined })
  })
  afterAll(() => server.stop())

  const token = fc.constantFrom('GET', 'PUT', 'patch', 'CHICKEN', '*', 'content-type', 'x-a', 'Authorization')
  const pages = ['http://localhost:5173', 'https://app.example.com', 'null']
  const policies: fc.Arbitrary<MockServer['policy']> = fc.record({
    origins: fc.oneof(fc.constantFrom('none', 'any', 'asked'), fc.subarray(['http://localhost:*', 'https://*.example.com', 'null'])),
    refusedOrigin: fc.constantFrom('no-headers', 'first-origin', '403'),
    credentials: fc.boolean(),
    methods: fc.oneof(fc.constant('asked' as const), fc.array(token, { maxLength: 3 })),
    requestHeaders: fc.oneof(fc.constant('asked' as const), fc.array(token, { maxLength: 3 })),
    exposedHeaders: fc.subarray(['*', 'x-total', 'content-length']),
    maxAge: fc.option(fc.integer({ min: -1, max: 86_400 })),
    vary: fc.record({ origin: fc.boolean(), preflight: fc.boolean() }),
    preflightStatus: fc.constantFrom(200, 204, 301, 401, 404, 500),
    headerEdits: fc.constant([]),
  })
  const responses: fc.Arbitrary<MockServer['response']> = fc.oneof(
    fc.constant({ kind: 'echo' as const }),
    fc.record({
      kind: fc.constant('fixed' as const),
      status: fc.constantFrom(200, 204, 205, 304, 404, 503),
      headers: fc.array(
        fc.tuple(
          fc.constantFrom('X-Total', 'x-total', 'Cache-Control', 'Access-Control-Allow-Origin', 'Content-Length'),
          fc.string({ maxLength: 5 }),
        ),
      ),
      body: fc.string({ unit: 'grapheme' }),
    }),
  )
  const requests = fc.record(
    {
      api: fc.constantFrom('fetch' as const, 'xhr' as const),
      headers: fc.array(
        fc.tuple(fc.constantFrom('X-A', 'x-a', 'Content-Type', 'Authorization'), fc.constantFrom('1', 'text/plain', 'application/json')),
        { maxLength: 3 },
      ),
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'patch', 'CHICKEN', 'OPTIONS'),
      mode: fc.constantFrom('cors', 'no-cors', 'same-origin'),
      credentials: fc.constantFrom('omit', 'include'),
      path: fc.constantFrom('/', '/a?b=c', '/%C3%A9?'),
      text: fc.constantFrom('', 'plain', 'é\u{1f95a}'),
    },
    { requiredKeys: ['api', 'headers', 'path'] },
  )

  it('for any policy, response and request', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(
      policies,
      responses,
      requests,
      fc.constantFrom(...pages),
      fc.constantFrom(...profileNames),
      async (policy, response, wish, page, profile) => {
        const { port } = server.state()
        const { path, text, ...request } = wish
        const body =
          text === undefined || request.method === undefined || request.method === 'GET' || request.method === 'HEAD' ? {} : { body: text }
        const scenario: Scenario = {
          id: 'any',
          page: { origin: page },
          request: { ...request, ...body, url: `http://localhost:${port}${path}` },
        }
        server.update({ ...definition, policy, response })
        expect(await really(scenario, profile)).toEqual(
          predict(scenario, profile, answersOfMockServers([{ server: { policy, response }, port }])),
        )
      },
    )
    await fc.assert(property, { numRuns: 500 })
  })
})
