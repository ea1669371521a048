import { chromium, type Browser, type Page } from '@playwright/test'
import { createHash, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import type { ServerExchange } from '#shared/contract/wire'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { compare } from '#shared/lab/compare'
import type { Observation, ObservedEnding } from '#shared/lab/observation'
import { predict } from '#shared/lab/predict'
import { recordedExchanges } from '#shared/lab/recorded-form'
import { newMockServer, Route, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Scenario, ScenarioRequest } from '#shared/scenario/scenario'
import { createLab } from '#node/lab'
import { inEachBrowser, scratch } from './real-browsers.ts'

const pages = newMockServer({
  id: 'pages',
  name: 'Pages',
  scheme: 'https',
  port: 0,
  // Without a document that asks for an icon.
  response: {
    kind: 'fixed',
    status: 200,
    headers: [['Content-Type', 'text/html']],
    body: '<!doctype html><title>A page</title><link rel="icon" href="data:,">',
  },
})

const guarded = v.parse(Route, {
  id: 'me',
  method: '*',
  path: '/me',
  response: { kind: 'json', status: 200, headers: [['X-Total-Count', '2']], body: '{}' },
  needsCredentials: true,
})

const to = (path: string, more: Partial<ScenarioRequest> = {}) => ({ api: 'fetch' as const, url: path, headers: [], ...more })
/** What pages ask, and of which server; each is to come out as predicted. */
const requests: Readonly<Record<string, ReturnType<typeof to>>> = {
  'a plain request': to('/orders'),
  'a preflight that passes': to('/orders/17', { method: 'PUT', headers: [['X-Api-Key', 'k']], body: '{}' }),
  'a method that is refused': to('/orders/17', { method: 'DELETE' }),
  'a header that is refused': to('/orders', { headers: [['X-Trace', '1']] }),
  'credentials that nobody has': to('/me', { credentials: 'include' }),
  'a mode without CORS': to('/orders', { mode: 'no-cors' }),
}

inEachBrowser('an https page and an https server, by certificates of the lab’s authority,', ({ engine, program }) => {
  it.skipIf(engine !== 'chromium')('come out as predicted, where the browser trusts it; where not, no page opens', async () => {
    const lab = createLab({ name: 'web', version: '0', workspaceFile: join(scratch, 'https', 'workspace.json') })
    const log: ServerExchange[] = []
    lab.emitTo((event, payload) => {
      if (event === 'mock-server.exchange') log.push(payload as ServerExchange)
    })
    const launched: Browser[] = []
    try {
      const { port } = await lab.service['mock-server.start'](pages)
      const origin = `https://localhost:${port}`
      const api: MockServer = newMockServer({
        id: 'api',
        name: 'API',
        scheme: 'https',
        port: 0,
        policy: {
          ...newPolicy,
          origins: [origin],
          credentials: true,
          methods: ['PUT'],
          requestHeaders: ['x-api-key'],
          exposedHeaders: ['X-Total-Count'],
        },
        routes: [guarded],
      })
      const apiPort = (await lab.service['mock-server.start'](api)).port

      const { pem } = await lab.service['certificate.describe']({ url: `https://localhost:${apiPort}/` })
      const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
      const launch = async (args: string[]) => {
        const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', ...args] })
        launched.push(browser)
        return browser.newPage()
      }
      const wary = await launch([])
      await expect(wary.goto(origin)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')

      const page = await launch([`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`])
      const said: string[] = []
      page.on('console', (message) => {
        if (message.text().startsWith('Access to')) said.push(message.text())
      })
      for (const host of ['localhost', '127.0.0.1']) {
        const from = `https://${host}:${port}`
        await page.goto(from)
        expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual([from, true])
        for (const [what, { url, ...request }] of Object.entries(requests)) {
          const scenario: Scenario = {
            id: what,
            page: { origin: from },
            request: { ...request, url: `https://localhost:${apiPort}${url}` },
          }
          const prediction = predict(scenario, 'chromium', answersOfMockServers([{ server: api, port: apiPort }]))
          log.length = 0
          said.length = 0
          const ending = await asked(page, scenario.request)
          await expect
            .poll(() => [log.length, said.length])
            .toEqual([recordedExchanges(prediction).length, prediction.outcome === 'network-error' ? 1 : 0])
          const observation: Observation = {
            id: what,
            exchanges: recordedExchanges(prediction),
            ...ending,
            ...(said.length === 0 ? {} : { console: said }),
          }
          expect([from, what, compare(prediction, observation)]).toEqual([from, what, { agrees: 'yes' }])
          expect(log.map(({ kind, method, origin: asking }) => [kind, method, asking])).toEqual(
            recordedExchanges(prediction).map(({ kind, method, origin: asking }) => [kind, method, asking]),
          )
        }
      }
    } finally {
      for (const browser of launched) await browser.close()
      await lab.close()
    }
  })
})

/** What the page's script makes of it. */
const asked = (page: Page, { url, method = 'GET', headers, body, mode, credentials }: ScenarioRequest): Promise<ObservedEnding> =>
  page.evaluate(
    async ([target, init]) => {
      try {
        const answer = await fetch(target, init)
        const seen = answer.type === 'opaque' ? {} : { status: answer.status, headers: [...answer.headers.keys()].sort() }
        return { outcome: answer.type as 'cors' | 'opaque', ...seen }
      } catch {
        return { outcome: 'network-error' as const }
      }
    },
    [
      url,
      {
        method,
        headers: headers.map(([name, value]) => [name, value] as [string, string]),
        body: typeof body === 'string' ? body : null,
        mode: mode === 'no-cors' ? mode : ('cors' as const),
        credentials: credentials === 'include' ? credentials : ('same-origin' as const),
      },
    ] as const,
  )
