// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Browser } from '#shared/contract/browsers'
import { LabError } from '#shared/contract/errors'
import type { Observation } from '#shared/lab/observation'
import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { fakeLab } from './testing/fake-lab.ts'
import { useBrowsersStore } from './browsers.ts'
import { useMockServersStore } from './mock-servers.ts'
import { useProofStore } from './proof.ts'
import { useScenarioStore } from './scenario.ts'
import { useWorkspaceStore } from './workspace.ts'

const { fake } = vi.hoisted(() => ({ fake: { current: undefined as unknown as ReturnType<typeof fakeLab> } }))
vi.mock('../lab-client/index.ts', () => ({
  host: 'web',
  get lab() {
    return fake.current.lab
  },
}))

const chromium: Browser = { id: 'c', engine: 'chromium', name: 'Chromium', version: '156.0', program: '/usr/bin/chromium' }
const firefox: Browser = { id: 'f', engine: 'firefox', name: 'Firefox', version: '153.0', program: '/usr/bin/firefox' }
const url = 'http://localhost:4001/'
const running = { id: 's', port: 4001, addresses: ['127.0.0.1'], startedAt: 0, hits: 0 }

beforeEach(async () => {
  const { fakeLab } = await import('./testing/fake-lab.ts')
  fake.current = fakeLab()
  const policy = { ...newPolicy, origins: ['https://app.example.com'] }
  const request = { api: 'fetch' as const, url, method: 'GET', headers: [], disabledHeaders: [] }
  const { answers } = fake.current
  answers['workspace.read'] = () => ({
    workspace: {
      version: 1,
      name: 'test',
      servers: [newMockServer({ id: 's', name: 'Orders', port: 4001, policy })],
      requests: [{ id: 'r', name: 'List', page: { origin: 'https://app.example.com' }, request }],
      sweeps: [],
    },
    trouble: null,
  })
  answers['mock-server.list'] = () => [running]
  answers['browser.list'] = () => ({ browsers: [chromium, firefox], missing: [{ engine: 'webkit', howToGet: 'apt-get install it.' }] })
  answers['proof.start'] = () => ({ proofId: '1' })
  localStorage.clear()
  setActivePinia(createPinia())
})

async function open() {
  const workspace = useWorkspaceStore()
  const stores = {
    workspace,
    mockServers: useMockServersStore(),
    scenarios: useScenarioStore(),
    browsers: useBrowsersStore(),
    proofs: useProofStore(),
  }
  fake.current.connect(true)
  await flushPromises()
  workspace.select('request', 'r')
  await nextTick()
  return stores
}

/** What a browser does that does as predicted. */
function asPredicted(scenarios: ReturnType<typeof useScenarioStore>): Observation {
  const predicted = scenarios.predictions?.chromium
  if (!predicted) throw new Error('no prediction')
  const { id, exchanges, outcome, status, headers } = predicted
  return { id, exchanges, outcome, status, headers } as Observation
}
const observed = (browser: Browser, observation: Observation, proofId = '1') =>
  fake.current.tell('proof.observed', { proofId, browser: browser.id, observation, took: 40 })

describe('a proof', () => {
  it('asks every browser that takes part, and holds what each did against its prediction', async () => {
    const { proofs, scenarios } = await open()
    await proofs.start()
    expect(fake.current.called('proof.start')).toMatchObject([{ browsers: ['c', 'f'], network: false, scenario: { id: 'r' } }])
    expect(proofs.current).toMatchObject({ status: 'running', browsers: [{ status: 'waiting' }, { status: 'waiting' }] })

    fake.current.tell('proof.asking', { proofId: '1', browser: 'c' })
    expect(proofs.current?.browsers[0]).toMatchObject({ status: 'asking' })
    observed(chromium, asPredicted(scenarios))
    observed(firefox, { ...asPredicted(scenarios), status: 418 })
    expect(proofs.current).toMatchObject({
      status: 'finished',
      browsers: [
        { status: 'observed', agreement: { agrees: 'yes' }, took: 40 },
        { status: 'observed', agreement: { agrees: 'no', difference: { field: 'status', predicted: '200', observed: '418' } } },
      ],
    })
  })

  it('takes what happened before its id was known', async () => {
    const { proofs, scenarios } = await open()
    fake.current.answers['proof.start'] = () => {
      observed(chromium, asPredicted(scenarios), '7')
      return { proofId: '7' }
    }
    await proofs.start()
    expect(proofs.current?.browsers[0]).toMatchObject({ status: 'observed' })
  })

  it('is none of another window’s', async () => {
    const { proofs, scenarios } = await open()
    await proofs.start()
    observed(chromium, asPredicted(scenarios), 'another')
    expect(proofs.current?.browsers[0]).toMatchObject({ status: 'waiting' })
  })

  it('is old once the request or a policy is another, and holds again once that is undone', async () => {
    const { proofs, scenarios, workspace } = await open()
    await proofs.start()
    observed(chromium, asPredicted(scenarios))
    if (workspace.request) workspace.request.request.method = 'PUT'
    expect(proofs.current).toBeNull()
    if (workspace.request) workspace.request.request.method = 'GET'
    expect(proofs.current?.browsers[0]).toMatchObject({ status: 'observed' })
    const [server] = workspace.workspace.servers
    if (server) server.policy.credentials = true
    expect(proofs.current).toBeNull()
  })

  it('says of one browser why it did not tell, and asks that one again', async () => {
    const { proofs, scenarios } = await open()
    await proofs.start()
    observed(chromium, asPredicted(scenarios))
    const error = new LabError('browser-failed', { browser: 'Firefox', reason: 'It ended at once.' }).toJSON()
    fake.current.tell('proof.failed', { proofId: '1', browser: 'f', error })
    expect(proofs.current?.browsers).toMatchObject([
      { status: 'observed' },
      { status: 'failed', trouble: { because: 'It ended at once.' } },
    ])

    fake.current.answers['proof.start'] = () => ({ proofId: '2' })
    await proofs.tryAgain('f')
    expect(fake.current.called('proof.start').at(-1)).toMatchObject({ browsers: ['f'] })
    observed(firefox, asPredicted(scenarios), '2')
    expect(proofs.current?.browsers).toMatchObject([{ status: 'observed' }, { status: 'observed' }])
  })

  it('goes on without a browser that is left out, and so do the next ones', async () => {
    const { proofs, browsers } = await open()
    await proofs.start()
    proofs.leaveOut('f')
    expect(proofs.current?.browsers).toMatchObject([{ browser: { id: 'c' } }])
    expect(browsers.taking.map(({ id }) => id)).toEqual(['c'])
  })

  it('is cancelled by its id, and says so in each column that had not told', async () => {
    const { proofs, scenarios } = await open()
    await proofs.start()
    observed(chromium, asPredicted(scenarios))
    await proofs.cancel()
    expect(fake.current.called('proof.cancel')).toEqual([{ proofId: '1' }])
    fake.current.tell('proof.failed', { proofId: '1', browser: 'f', error: 'cancelled' })
    expect(proofs.running).toBe(false)
    expect(proofs.current?.browsers).toMatchObject([
      { status: 'observed' },
      { status: 'failed', trouble: { because: 'The proof was stopped.' } },
    ])
  })

  it('is cancelled as soon as it has an id, where that was not known yet', async () => {
    const { proofs } = await open()
    let reply: ((answer: { proofId: string }) => void) | undefined
    fake.current.answers['proof.start'] = () => new Promise<{ proofId: string }>((resolve) => (reply = resolve))
    const asked = proofs.start()
    await proofs.cancel()
    expect(fake.current.called('proof.cancel')).toEqual([])
    reply?.({ proofId: '8' })
    await asked
    expect(fake.current.called('proof.cancel')).toEqual([{ proofId: '8' }])
  })

  it('fails in words when the host goes', async () => {
    const { proofs } = await open()
    await proofs.start()
    fake.current.connect(false)
    expect(proofs.current).toMatchObject({ status: 'finished', browsers: [{ trouble: { what: 'The lab cannot be reached.' } }, {}] })
  })

  it('waits for a server that does not run, and starts it when asked to', async () => {
    fake.current.answers['mock-server.list'] = () => []
    fake.current.answers['mock-server.start'] = () => running
    const { proofs } = await open()
    await proofs.start()
    expect(fake.current.called('proof.start')).toEqual([])
    expect(proofs.holding).toMatchObject({ stopped: [{ name: 'Orders' }], outside: [] })
    await proofs.startServersAndProve()
    expect(proofs.holding).toBeNull()
    expect(fake.current.called('proof.start')).toHaveLength(1)
  })

  it('lets nothing out to where no mock server answers, unless somebody says so', async () => {
    const { proofs, workspace } = await open()
    if (workspace.request) workspace.request.request.url = 'https://api.example.com/'
    await proofs.start()
    expect(fake.current.called('proof.start')).toEqual([])
    expect(proofs.holding).toMatchObject({ stopped: [], outside: ['https://api.example.com'] })
    await proofs.startAnyway(true)
    expect(fake.current.called('proof.start')).toMatchObject([{ network: true }])
  })

  it('opens the list of browsers where none takes part', async () => {
    fake.current.answers['browser.list'] = () => ({ browsers: [], missing: [] })
    const { proofs, browsers } = await open()
    await proofs.start()
    expect(browsers.open).toBe(true)
    expect(fake.current.called('proof.start')).toEqual([])
  })
})

describe('browsers', () => {
  it('are looked for anew when the host is back', async () => {
    const { browsers } = await open()
    expect(browsers.missing).toMatchObject([{ engine: 'webkit' }])
    fake.current.answers['browser.list'] = () => ({ browsers: [chromium], missing: [] })
    fake.current.connect(false)
    fake.current.connect(true)
    await flushPromises()
    expect(browsers.browsers).toEqual([chromium])
  })

  it('that are named by their path are added, or refused in words', async () => {
    const { browsers } = await open()
    fake.current.answers['browser.add'] = () => Promise.reject(new LabError('not-a-browser', { program: '/bin/ls', reason: 'It is none.' }))
    expect(await browsers.add('/bin/ls')).toBe(false)
    expect(browsers.trouble?.because).toBe('It is none.')
    fake.current.answers['browser.add'] = () => firefox
    expect(await browsers.add('/usr/bin/firefox')).toBe(true)
    expect(browsers.trouble).toBeNull()
  })
})
