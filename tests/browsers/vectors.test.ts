import { afterAll, expect, it } from 'vitest'
import type { Engine } from '#shared/contract/browsers'
import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import { startBrowser } from '#node/verifiers/start-browser'
import { observations, scenarios, type VectorSet } from '../conformance/vectors.ts'
import { isQuick } from '../support/quick.ts'
import { inEachBrowser, verifierFor } from './real-browsers.ts'

/** A part of the recorded vectors, from all over; `npm run conformance` runs them all. */
const samples: [VectorSet, number][] = [
  ['given', isQuick ? 500 : 100],
  ['second', isQuick ? 300 : 50],
  ['further', isQuick ? 54 : 18],
]

inEachBrowser('what was recorded is seen again', (browser) => {
  const verifier = verifierFor(browser, { atOnce: 4 })
  afterAll(() => verifier.close())

  it.each(samples)('%s, every %dth', async (set, step) => {
    const all = scenarios(set)
    const chosen = <T>(of: readonly T[]) => of.filter((_, at) => at % step === 0 && !isTimed(all[at]!))
    const did = (observation: Observation) => comparable(browser.engine, observation)
    const observed = await Promise.all(chosen(all).map((scenario) => verifier.observe(scenario)))
    expect(observed.map(did)).toEqual(chosen(observations(browser.engine, set)).map(did))
  })
})

inEachBrowser(
  'two proofs at once',
  (browser) => {
    it('of the same URLs see each its own servers, and remember nothing of each other', async () => {
      const url = 'http://api.test:9000/same'
      const proof = async (who: string): Promise<unknown[]> => {
        const verifier = verifierFor(browser)
        const scenario: Scenario = {
          id: who,
          page: { origin: 'http://app.test:8000' },
          request: { api: 'fetch', url, method: 'PUT', headers: [] },
          then: [{ api: 'fetch', url: `${url}?${who}`, headers: [] }],
          server: [
            {
              url,
              preflight: { status: 204, headers: [...allowing, ['Access-Control-Max-Age', '600']] },
              response: { status: 200, headers: allowing },
            },
            { url: `${url}?${who}`, response: { status: 200, headers: [...allowing, ['Access-Control-Expose-Headers', who], [who, '1']] } },
          ],
        }
        const seen = [await verifier.observe(scenario), await verifier.observe(scenario)]
        await verifier.close()
        return seen.map(({ exchanges, outcomes }) => [exchanges.map(({ kind, url: at }) => `${kind} ${at}`), outcomes?.[1]?.headers])
      }
      const once = (who: string) => [['preflight ' + url, 'request ' + url, `request ${url}?${who}`], [who]]
      expect(await Promise.all(['one', 'other'].map(proof))).toEqual([
        [once('one'), once('one')],
        [once('other'), once('other')],
      ])
    })
  },
  ['chromium'],
)

inEachBrowser('a page that has sent a beacon', (browser) => {
  it.skipIf(browser.engine !== 'chromium')('runs no other scenario: what arrives late would be taken for that one’s', async () => {
    const asking = (id: string, api: 'beacon' | 'fetch'): Scenario => ({
      id,
      page: { origin: 'http://app.test:8000' },
      request: { api, url: `http://api.test:9000/${id}`, headers: [] },
      server: [{ url: `http://api.test:9000/${id}`, response: { status: 200, headers: allowing } }],
    })
    let pages = 0
    const verifier = verifierFor(browser, {
      start: async () => {
        const running = await startBrowser(browser.engine, { program: browser.program, visible: false })
        const openPage: typeof running.openPage = (...page) => ((pages += 1), running.openPage(...page))
        return { exited: running.exited, openPage, close: () => running.close() }
      },
    })
    const seen = []
    for (const scenario of [asking('a', 'fetch'), asking('b', 'fetch'), asking('c', 'beacon'), asking('d', 'fetch')])
      seen.push({ arrived: (await verifier.observe(scenario)).exchanges.map(({ url }) => url.slice(-1)), pages })
    await verifier.close()
    expect(seen).toEqual([
      { arrived: ['a'], pages: 1 },
      { arrived: ['b'], pages: 1 },
      { arrived: ['c'], pages: 1 },
      { arrived: ['d'], pages: 2 },
    ])
  })
})

inEachBrowser(
  'workers that are not loaded',
  (browser) => {
    it('are waited for no longer than they live', async () => {
      const troubles: string[] = []
      const verifier = verifierFor(browser, { log: (line) => troubles.push(line) })
      const refused = (id: string): Scenario => {
        const url = `http://app.test:8000/${id}`
        const response = { status: 404, headers: [['Content-Type', 'text/csv']] as [string, string][] }
        return { id, page: { origin: 'http://app.test:8000' }, request: { api: 'worker', url, headers: [] }, server: [{ url, response }] }
      }
      const seen = []
      // One in four was asked when it had just gone.
      for (let at = 0; at < 12; at++) seen.push((await verifier.observe(refused(`worker-${at}`))).outcome)
      await verifier.close()
      expect(seen).toEqual(Array.from({ length: 12 }, () => 'network-error'))
      expect(troubles).toEqual([])
    })
  },
  ['chromium'],
)

const allowing: [string, string][] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Methods', 'PUT'],
]

/** Whether an answer lives for seconds only: on a busy machine they may be over before the next request. */
const isTimed = ({ server = [] }: Scenario): boolean =>
  server.some(
    ({ preflight }) =>
      preflight !== undefined &&
      'headers' in preflight &&
      preflight.headers.some(([name, value]) => /^access-control-max-age$/i.test(name) && /^[1-9](?:\.\d)?$/.test(value)),
  )

/** MiniBrowser's messages were not recorded; Firefox names an opaque origin by a UUID, another each time. */
function comparable(engine: Engine, { console, ...rest }: Observation): unknown {
  if (engine === 'webkit') return rest
  return { ...rest, console: console?.map((message) => message.replace(/moz-nullprincipal:\{[0-9a-f-]+\}/, '')) }
}
