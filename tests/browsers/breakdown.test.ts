import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Scenario } from '#shared/scenario/scenario'
import { isQuick } from '../support/quick.ts'
import { foldersLeft, inEachBrowser, processesLeft, scratch, verifierFor, type RealBrowser } from './real-browsers.ts'

const main = resolve(import.meta.dirname, '../../node/cli/main.ts')

const answering = (id: string, api: Scenario['request']['api'], body: string): Scenario => ({
  id,
  page: { origin: 'http://app.test:8000' },
  request: { api, url: `http://app.test:8000/${id}`, headers: [] },
  server: [{ url: `http://app.test:8000/${id}`, response: { status: 200, headers: [['Content-Type', 'text/javascript']], body } }],
})
const plain = (id: string) => answering(id, 'fetch', '')
/** Its script keeps the page busy for good. */
const hanging = answering('hanging', 'script', 'for (;;);')

inEachBrowser(
  'a browser that breaks down',
  (browser) => {
    // It keeps a core busy all the while.
    it.skipIf(isQuick)('hangs: the scenario is tried again and reported, the others go on, nothing is left', async () => {
      const troubles: string[] = []
      const verifier = verifierFor(browser, { timeLimit: 5000, onTrouble: ({ id }, why) => troubles.push(`${id}: ${why}`) })
      const [first, bad, second] = await Promise.allSettled([plain('a'), hanging, plain('b')].map((scenario) => verifier.observe(scenario)))
      const after = await verifier.observe(plain('c'))
      await verifier.close()

      expect([first, second]).toMatchObject([{ value: { outcome: 'basic' } }, { value: { outcome: 'basic' } }])
      expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'The page did not answer for 5 seconds.' } })
      expect(troubles).toContain('hanging: The page did not answer for 5 seconds.')
      expect(after).toMatchObject({ outcome: 'basic' })
      await nothingIsLeft()
    })

    it('is killed half-way: what it was at is tried again in a fresh one, nothing is left', async () => {
      const troubles: string[] = []
      const arrived = new Set<string>()
      const server = createServer((request, response) => {
        arrived.add(request.url ?? '')
        response.end()
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const upstream = { host: null, port: (server.address() as AddressInfo).port, secure: false }
      const verifier = verifierFor(browser, { mockServerAt: () => upstream, onTrouble: ({ id }) => troubles.push(id) })
      const before = await verifier.observe(plain('a'))
      const answers = ['b', 'c'].map((id) => {
        const { page, request } = plain(id)
        return verifier.observe({ id, page, request, then: [{ ...request, after: 4000 }] })
      })
      await expect.poll(() => [...arrived].sort(), { timeout: 60_000 }).toEqual(['/b', '/c'])
      await killBrowsers(browser)
      const seen = [before, ...(await Promise.all(answers)), await verifier.observe(plain('d'))]
      await verifier.close()
      server.close()

      expect(seen.map(({ id, outcome, outcomes }) => [id, outcome ?? outcomes?.[1]?.outcome])).toEqual([
        ['a', 'basic'],
        ['b', 'basic'],
        ['c', 'basic'],
        ['d', 'basic'],
      ])
      expect(troubles.sort()).toEqual(['b', 'c'])
      await nothingIsLeft()
    })

    it('outlives no lab: with the lab killed, its processes and folders are gone', async () => {
      const lab = spawn(process.execPath, [main, 'verify', '--browser', browser.program, '--json'], {
        env: { ...process.env, CORSLAB_DATA: `${scratch}/data` },
        stdio: ['pipe', 'pipe', 'ignore'],
      })
      lab.stdin.write(`${JSON.stringify(plain('a'))}\n`)
      await once(lab.stdout, 'data')
      const [during] = [await processesLeft(), await foldersLeft()]
      lab.kill('SIGKILL')
      await once(lab, 'exit')

      expect(during.filter(isBrowser(browser)).length).toBeGreaterThan(0)
      await nothingIsLeft()
    })
  },
  ['chromium'],
)

const isBrowser =
  ({ engine }: RealBrowser) =>
  ({ command }: { command: string }): boolean =>
    ({ chromium: /chromium|chrome|edge|brave/i, firefox: /firefox/i, webkit: /MiniBrowser|WebKit/ })[engine].test(command)

async function killBrowsers(browser: RealBrowser): Promise<void> {
  for (const { pid } of (await processesLeft()).filter(isBrowser(browser))) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended with its parent.
    }
  }
}

/** The watchdogs may take a few seconds over it. */
const nothingIsLeft = () =>
  expect.poll(async () => [...(await processesLeft()), ...(await foldersLeft())], { timeout: 20_000, interval: 200 }).toEqual([])
