// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newMockServer } from '#shared/policy/mock-server'
import type { Workspace } from '#shared/scenario/workspace'
import type { fakeLab } from './testing/fake-lab.ts'
import { useHistoryStore } from './history.ts'
import { useMockServersStore } from './mock-servers.ts'
import { useWorkspaceStore } from './workspace.ts'

const { fake } = vi.hoisted(() => ({ fake: { current: undefined as unknown as ReturnType<typeof fakeLab> } }))
vi.mock('../lab-client/index.ts', () => ({
  host: 'web',
  get lab() {
    return fake.current.lab
  },
}))

const request = (id: string): Workspace['requests'][number] => ({
  id,
  name: id,
  page: { origin: 'https://app.example.com' },
  request: { api: 'fetch', url: 'http://localhost:4001/', method: 'GET', headers: [], disabledHeaders: [] },
})

beforeEach(async () => {
  const { fakeLab } = await import('./testing/fake-lab.ts')
  fake.current = fakeLab()
  fake.current.answers['workspace.read'] = () => ({
    workspace: {
      version: 1,
      name: 'test',
      servers: [newMockServer({ id: 's', name: 'Orders', port: 4001 })],
      requests: [request('a'), request('b')],
      sweeps: [],
    },
    trouble: null,
  })
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
  const history = useHistoryStore()
  const mockServers = useMockServersStore()
  fake.current.connect(true)
  await flushPromises()
  workspace.select('request', 'a')
  const url = () => workspace.workspace.requests[0]?.request.url
  const type = (text: string) => {
    const first = workspace.workspace.requests[0]
    if (!first) throw new Error('no request')
    for (let n = 1; n <= text.length; n += 1) first.request.url = text.slice(0, n)
  }
  return { workspace, history, mockServers, url, type }
}

describe('the history of the workspace', () => {
  it('is empty once the workspace was read', async () => {
    const { history } = await open()
    expect(history.canUndo).toBe(false)
    expect(history.undo()).toBe(false)
    expect(history.redo()).toBe(false)
  })

  it('takes what was typed in one go as one step', async () => {
    const { history, url, type } = await open()
    type('http://localhost:4001/orders')
    vi.advanceTimersByTime(1000)
    type('http://localhost:4001/items')
    expect(history.undo()).toBe(true)
    expect(url()).toBe('http://localhost:4001/orders')
    expect(history.undo()).toBe(true)
    expect(url()).toBe('http://localhost:4001/')
    expect(history.undo()).toBe(false)
    history.redo()
    history.redo()
    expect(url()).toBe('http://localhost:4001/items')
    expect(history.canRedo).toBe(false)
  })

  it('forgets what was taken back once something else is edited', async () => {
    const { history, url, type } = await open()
    type('http://localhost:4001/orders')
    history.undo()
    type('http://localhost:4001/items')
    history.settle()
    expect(history.canRedo).toBe(false)
    history.undo()
    expect(url()).toBe('http://localhost:4001/')
  })

  it('brings back what was deleted, and shows it', async () => {
    const { workspace, history } = await open()
    workspace.deleteRequest('a')
    expect(workspace.request?.id).toBe('b')
    history.undo()
    expect(workspace.workspace.requests.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(workspace.request?.id).toBe('a')
    history.redo()
    expect(workspace.workspace.requests.map(({ id }) => id)).toEqual(['b'])
    expect(workspace.request?.id).toBe('b')
  })

  it('stops a server whose making is taken back', async () => {
    const { workspace, history, mockServers } = await open()
    const added = workspace.addServer()
    fake.current.answers['mock-server.start'] = () => ({ id: added.id, port: 4002, addresses: [], startedAt: 0, hits: 0 })
    await mockServers.start(added)
    history.undo()
    await flushPromises()
    expect(fake.current.called('mock-server.stop')).toEqual([{ id: added.id }])
  })

  it('is saved like any edit', async () => {
    const { history, type } = await open()
    type('http://localhost:4001/orders')
    vi.advanceTimersByTime(1000)
    history.undo()
    vi.advanceTimersByTime(1000)
    const [saved] = (fake.current.called('workspace.save').at(-1) as Workspace).requests
    expect(saved?.request.url).toBe('http://localhost:4001/')
  })
})
