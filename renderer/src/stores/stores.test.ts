// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { LabError } from '#shared/contract/errors'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Workspace } from '#shared/scenario/workspace'
import type { fakeLab } from './testing/fake-lab.ts'
import { logLimit, useMockServersStore } from './mock-servers.ts'
import { usePreferencesStore } from './preferences.ts'
import { usePreflightClockStore } from './preflight-clock.ts'
import { useRunStore } from './run.ts'
import { useScenarioStore } from './scenario.ts'
import { useWorkspaceStore } from './workspace.ts'

const { fake } = vi.hoisted(() => ({ fake: { current: undefined as unknown as ReturnType<typeof fakeLab> } }))
// The stores take the lab from here when they are set up; each test has one of its own.
vi.mock('../lab-client/index.ts', () => ({
  host: 'web',
  get lab() {
    return fake.current.lab
  },
}))

const opened = (): Workspace => ({
  version: 1,
  name: 'test',
  servers: [newMockServer({ id: 's', name: 'Orders', port: 4001, policy: { ...newPolicy, origins: ['https://app.example.com'] } })],
  requests: [
    {
      id: 'r',
      name: 'List',
      page: { origin: 'https://app.example.com' },
      request: { api: 'fetch', url: 'http://localhost:4001/', method: 'GET', headers: [], disabledHeaders: [['X-Off', '1']] },
    },
  ],
  sweeps: [],
})
const state: MockServerState = { id: 's', port: 4001, addresses: ['127.0.0.1'], startedAt: 0, hits: 0 }
const exchange = (n: number): ServerExchange => ({
  id: `e${n}`,
  serverId: 's',
  kind: 'request',
  method: 'GET',
  target: '/',
  origin: null,
  status: 200,
  startedAt: n,
  request: { bytes: '', size: 0 },
  response: null,
  answeredAfter: 1,
  endedAfter: 1,
})

beforeEach(async () => {
  const { fakeLab } = await import('./testing/fake-lab.ts')
  fake.current = fakeLab()
  fake.current.answers['workspace.read'] = () => ({ workspace: opened(), trouble: null })
  fake.current.answers['mock-server.list'] = () => []
  localStorage.clear()
  setActivePinia(createPinia())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function open() {
  const workspace = useWorkspaceStore()
  const stores = {
    workspace,
    mockServers: useMockServersStore(),
    scenarios: useScenarioStore(),
    runs: useRunStore(),
    preferences: usePreferencesStore(),
  }
  fake.current.connect(true)
  await flushPromises()
  workspace.select('request', 'r')
  await nextTick()
  return stores
}

describe('the workspace', () => {
  it('is read when there is a host, and reading it is no edit', async () => {
    const { workspace } = await open()
    vi.advanceTimersByTime(1000)
    expect(workspace.workspace.name).toBe('test')
    expect(workspace.saving).toBe('saved')
    expect(fake.current.called('workspace.save')).toEqual([])
  })

  it('takes what is added before it has been read, and keeps what was in it', async () => {
    const workspace = useWorkspaceStore()
    workspace.onceReady(workspace.addServer)
    workspace.onceReady(workspace.addRequest)
    expect(workspace.workspace.servers).toEqual([])
    fake.current.connect(true)
    await flushPromises()
    const { servers, requests } = workspace.workspace
    expect(servers.map(({ name, port }) => [name, port])).toEqual([
      ['Orders', 4001],
      ['API', 4002],
    ])
    expect(requests.map(({ name }) => name)).toEqual(['List', 'Request'])
    expect(workspace.request?.name).toBe('Request')
    vi.advanceTimersByTime(300)
    await flushPromises()
    expect(fake.current.called('workspace.save')).toMatchObject([{ servers: [{ name: 'Orders' }, { name: 'API' }] }])
  })

  it('is saved once, a while after the last of several edits', async () => {
    const { workspace } = await open()
    workspace.workspace.name = 'a'
    vi.advanceTimersByTime(200)
    workspace.workspace.name = 'ab'
    vi.advanceTimersByTime(200)
    expect(fake.current.called('workspace.save')).toEqual([])
    vi.advanceTimersByTime(200)
    await flushPromises()
    expect(fake.current.called('workspace.save')).toMatchObject([{ name: 'ab' }])
    expect(workspace.saving).toBe('saved')
  })

  it('is saved at once when the page is left', async () => {
    const { workspace } = await open()
    workspace.workspace.name = 'last words'
    window.dispatchEvent(new Event('pagehide'))
    expect(fake.current.called('workspace.save')).toMatchObject([{ name: 'last words' }])
  })

  it('says that it was not saved, and saves when the host is back', async () => {
    const { workspace } = await open()
    fake.current.answers['workspace.save'] = () => Promise.reject(new LabError('no-host', {}))
    workspace.workspace.name = 'later'
    vi.advanceTimersByTime(400)
    await flushPromises()
    expect(workspace.saving).toBe('failed')
    expect(workspace.failure).toContain('cannot be reached')

    fake.current.connect(false)
    delete fake.current.answers['workspace.save']
    fake.current.connect(true)
    await flushPromises()
    expect(workspace.saving).toBe('saved')
    expect(fake.current.called('workspace.save').at(-1)).toMatchObject({ name: 'later' })
    // What was edited meanwhile is not read over.
    expect(workspace.workspace.name).toBe('later')
  })

  it('gives copies names and ports of their own', async () => {
    const { workspace } = await open()
    const [original] = workspace.workspace.servers
    if (!original) throw new Error('no server')
    workspace.duplicateServer(original)
    workspace.duplicateServer(original)
    expect(workspace.workspace.servers.map(({ name, port }) => [name, port])).toEqual([
      ['Orders', 4001],
      ['Orders 2', 4002],
      ['Orders 3', 4003],
    ])
    expect(new Set(workspace.workspace.servers.map(({ id }) => id)).size).toBe(3)
  })

  it('shows something else once what is shown is deleted', async () => {
    const { workspace } = await open()
    workspace.deleteRequest('r')
    expect(workspace.server?.id).toBe('s')
  })
})

describe('mock servers', () => {
  it('are told of an edit only while they run', async () => {
    const { workspace, mockServers } = await open()
    const [server] = workspace.workspace.servers
    if (!server) throw new Error('no server')
    server.policy.credentials = true
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    expect(fake.current.called('mock-server.update')).toEqual([])

    fake.current.answers['mock-server.start'] = () => state
    await mockServers.start(server)
    server.policy.credentials = false
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    expect(fake.current.called('mock-server.update')).toMatchObject([{ id: 's', policy: { credentials: false } }])
  })

  it('keep the mishap of a start until the next one', async () => {
    const { workspace, mockServers } = await open()
    const [server] = workspace.workspace.servers
    if (!server) throw new Error('no server')
    fake.current.answers['mock-server.start'] = () => Promise.reject(new LabError('port-in-use', { port: 4001, free: 4004 }))
    await mockServers.start(server)
    expect(mockServers.mishaps['s']).toEqual({ code: 'port-in-use', details: { port: 4001, free: 4004 } })
    expect(mockServers.states['s']).toBeUndefined()
    fake.current.answers['mock-server.start'] = () => state
    await mockServers.start(server)
    expect(mockServers.mishaps['s']).toBeUndefined()
    expect(mockServers.states['s']).toEqual(state)
  })

  it('have a log with a bound, and count every exchange', async () => {
    const { mockServers } = await open()
    fake.current.tell('mock-server.state', { id: 's', state: { ...state } })
    for (let n = 0; n < logLimit + 20; n += 1) fake.current.tell('mock-server.exchange', exchange(n))
    vi.advanceTimersByTime(1000)
    expect(mockServers.logs['s']).toHaveLength(logLimit)
    expect(mockServers.logs['s']?.at(-1)?.id).toBe(`e${logLimit + 19}`)
    expect(mockServers.states['s']?.hits).toBe(logLimit + 20)
  })

  it('are asked for anew when the host is back', async () => {
    const { mockServers } = await open()
    fake.current.tell('mock-server.state', { id: 's', state })
    fake.current.connect(false)
    fake.current.connect(true)
    await flushPromises()
    expect(mockServers.states).toEqual({})
  })
})

describe('the prediction', () => {
  it('goes by the policy of a server that is stopped, and follows its edits', async () => {
    const { workspace, scenarios } = await open()
    expect(scenarios.predictions?.chromium.outcome).toBe('cors')
    const [server] = workspace.workspace.servers
    if (server) server.policy.origins = 'none'
    expect(scenarios.predictions?.chromium.outcome).toBe('network-error')
  })

  it('does not know of header lines that are off', async () => {
    const { scenarios } = await open()
    expect(scenarios.scenario?.request).toEqual({ api: 'fetch', url: 'http://localhost:4001/', method: 'GET', headers: [] })
  })
})

describe('a run', () => {
  async function finished() {
    const stores = await open()
    const prediction = stores.scenarios.predictions?.chromium
    if (!prediction) throw new Error('no prediction')
    fake.current.answers['run.start'] = () => ({ runId: '1' })
    await stores.runs.start()
    fake.current.tell('run.finished', { runId: '1', result: { prediction, startedAt: 0, took: 3 } })
    return { ...stores, prediction }
  }

  it('takes what happened before its id was known', async () => {
    const { runs, scenarios } = await open()
    const prediction = scenarios.predictions?.chromium
    if (!prediction) throw new Error('no prediction')
    fake.current.answers['run.start'] = () => {
      fake.current.tell('run.exchange', { runId: '7', exchange: { ...exchange(1), url: 'http://localhost:4001/' } })
      fake.current.tell('run.finished', { runId: '7', result: { prediction, startedAt: 0, took: 3 } })
      return { runId: '7' }
    }
    await runs.start()
    expect(runs.current).toMatchObject({ status: 'finished', exchanges: [{ id: 'e1' }], result: { took: 3 } })
  })

  it('gives way to the prediction once the request, the policy or the engine shown is another', async () => {
    const { workspace, runs, preferences } = await finished()
    expect(runs.current?.status).toBe('finished')

    preferences.shown = 'firefox'
    expect(runs.current).toBeNull()
    preferences.shown = 'chromium'

    const [server] = workspace.workspace.servers
    if (server) server.policy.maxAge = 1
    expect(runs.current).toBeNull()
    if (server) server.policy.maxAge = newPolicy.maxAge
    expect(runs.current?.status).toBe('finished')

    if (workspace.request) workspace.request.request.url = 'http://localhost:4001/other'
    expect(runs.current).toBeNull()
    expect(runs.last?.status).toBe('finished')
  })

  it('stays what it is when the request gets another name', async () => {
    const { workspace, runs } = await finished()
    if (workspace.request) workspace.request.name = 'Orders'
    expect(runs.current?.status).toBe('finished')
  })

  it('fails in words when the host goes', async () => {
    const { runs } = await open()
    fake.current.answers['run.start'] = () => ({ runId: '1' })
    await runs.start()
    expect(runs.running).toBe(true)
    fake.current.connect(false)
    expect(runs.current).toMatchObject({ status: 'failed', error: expect.stringContaining('cannot be reached') as string })
  })

  it('is cancelled even before it has an id', async () => {
    const { runs } = await open()
    let reply: (answer: { runId: string }) => void = () => undefined
    fake.current.answers['run.start'] = () => new Promise((resolve) => (reply = resolve))
    const starting = runs.start()
    await runs.cancel()
    expect(fake.current.called('run.cancel')).toEqual([])
    reply({ runId: '1' })
    await starting
    expect(fake.current.called('run.cancel')).toEqual([{ runId: '1' }])
  })

  it('is cancelled by its id', async () => {
    const { runs } = await open()
    fake.current.answers['run.start'] = () => ({ runId: '1' })
    await runs.start()
    await runs.cancel()
    expect(fake.current.called('run.cancel')).toEqual([{ runId: '1' }])
    fake.current.tell('run.failed', { runId: '1', error: 'cancelled' })
    expect(runs.current).toMatchObject({ status: 'failed', error: expect.stringMatching(/^Cancelled/) as string })
  })
})

describe('the clock of the CORS-preflight cache', () => {
  it('counts from the first sight of a request, each by its own, and stands at the last request until it is moved', async () => {
    const { workspace } = await open()
    const clock = usePreflightClockStore()
    expect(clock.start).toMatchObject({ by: 'opened' })
    const { request } = workspace
    if (!request) throw new Error('no request')
    request.then = [{ ...request.request, after: 5000 }]
    expect(clock.now).toBe(5)
    clock.now = 7
    clock.clearedAt = 6
    workspace.addRequest()
    await nextTick()
    expect([clock.now, clock.clearedAt]).toEqual([0, null])
    workspace.select('request', 'r')
    await nextTick()
    expect([clock.now, clock.clearedAt]).toEqual([7, 6])
  })

  it('knows how the servers answered before their policies were changed, until there is a run or a new start', async () => {
    const { workspace, runs, scenarios } = await open()
    const clock = usePreflightClockStore()
    const [server] = workspace.workspace.servers
    if (!server) throw new Error('no server')
    const answered = () =>
      clock.before?.({
        kind: 'preflight',
        method: 'OPTIONS',
        url: 'http://localhost:4001/',
        headerList: [
          ['Origin', 'https://app.example.com'],
          ['Access-Control-Request-Method', 'PUT'],
        ],
        body: null,
        includeCredentials: false,
      })
    expect(clock.before).toBeNull()
    server.policy.maxAge = 1
    const answer = answered()
    expect(answer?.type === 'response' && answer.headerList).toContainEqual(['Access-Control-Max-Age', String(newPolicy.maxAge)])

    fake.current.answers['run.start'] = () => ({ runId: '1' })
    const prediction = scenarios.predictions?.chromium
    if (!prediction) throw new Error('no prediction')
    await runs.start()
    fake.current.tell('run.finished', { runId: '1', result: { prediction, startedAt: 9, took: 3 } })
    await nextTick()
    expect(clock.start).toMatchObject({ by: 'run', date: 9 })
    expect(clock.before).toBeNull()

    server.policy.maxAge = 2
    expect(clock.before).not.toBeNull()
    clock.begin('opened', 10)
    expect(clock.before).toBeNull()
  })
})
