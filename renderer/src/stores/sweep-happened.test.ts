// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { newMockServer } from '#shared/policy/mock-server'
import type { Workspace } from '#shared/scenario/workspace'
import type { fakeLab } from './testing/fake-lab.ts'

const fake = vi.hoisted((): { current: ReturnType<typeof fakeLab> } => ({ current: undefined as never }))
vi.mock('../lab-client/index.ts', () => ({
  host: 'web',
  get lab() {
    return fake.current.lab
  },
}))

const server = newMockServer({ id: 's', name: 'Orders', port: 4001 })
const workspace = (): Workspace => ({
  version: 1,
  name: 'test',
  servers: [server],
  requests: [],
  sweeps: [
    {
      id: 'w',
      name: 'Sweep',
      server: 's',
      path: '/',
      origins: Array.from({ length: 20 }, (_, n) => `https://p${n}.example`),
      methods: ['GET'],
      headerSets: [[]],
      credentials: ['same-origin'],
    },
  ],
})
/** The cells of the first rows. */
const cells = (count: number) => Array.from({ length: count }, (_, row) => ({ row, column: 0 }))
const asked = () => fake.current.called('run.start') as { scenario: { page: { origin: string } } }[]

async function stores() {
  const [{ useWorkspaceStore }, { useSweepHappenedStore }] = await Promise.all([import('./workspace.ts'), import('./sweep-happened.ts')])
  const [open, happened] = [useWorkspaceStore(), useSweepHappenedStore()]
  await vi.waitFor(() => expect(open.loaded).toBe(true))
  open.select('sweep', 'w')
  await nextTick()
  return { open, happened }
}

beforeEach(async () => {
  const { fakeLab } = await import('./testing/fake-lab.ts')
  fake.current = fakeLab()
  fake.current.answers['workspace.read'] = () => ({ workspace: workspace(), trouble: null })
  fake.current.answers['mock-server.list'] = () => []
  // A worker that never answers: predictions play no part here.
  vi.stubGlobal(
    'Worker',
    class {
      addEventListener = () => undefined
      postMessage = () => undefined
    },
  )
  localStorage.clear()
  setActivePinia(createPinia())
  fake.current.connect(true)
})
afterEach(() => vi.unstubAllGlobals())

describe('cells that are asked for real', () => {
  it('are run a few at once, whether the end is told before or after the reply', async () => {
    const { happened } = await stores()
    let runs = 0
    fake.current.answers['run.start'] = ({ scenario }) => {
      const runId = `run ${runs++}`
      const finish = () =>
        fake.current.tell('run.finished', {
          runId,
          result: {
            prediction: predict(scenario as never, 'firefox', answersOfMockServers([{ server, port: 4001 }])),
            startedAt: 0,
            took: 1,
          },
        })
      if (runs % 2 === 0) finish()
      else setTimeout(finish, 5)
      return { runId }
    }
    await happened.run(cells(20), ['firefox'])
    expect(asked()).toHaveLength(20)
    expect([happened.done, happened.total, happened.busy]).toEqual([20, 20, false])
    expect(happened.verdictOf(7, 0, 'firefox')).toBe('cors-check')
    expect(happened.verdictOf(7, 0, 'chromium')).toBeNull()
  })

  it('that go wrong say why, and the rest goes on', async () => {
    const { happened } = await stores()
    fake.current.answers['run.start'] = ({ scenario }) => {
      if (scenario.page.origin === 'https://p1.example') throw new Error('full')
      setTimeout(() => fake.current.tell('run.failed', { runId: scenario.page.origin, error: 'cancelled' }), 1)
      return { runId: scenario.page.origin }
    }
    await happened.run(cells(3), ['standard'])
    expect(happened.cells.get(0)?.get(0)?.standard).toMatchObject({ verdict: null, trouble: 'cancelled' })
    expect(happened.cells.get(1)?.get(0)?.standard?.trouble).not.toBe('')
    expect(happened.cells.get(2)?.get(0)?.standard?.verdict).toBeNull()
  })

  it('are proven in browsers, each in the column of its engine', async () => {
    const { happened } = await stores()
    fake.current.answers['proof.start'] = ({ browsers = [], scenario }) => {
      const proofId = scenario.page.origin
      setTimeout(() => {
        for (const browser of browsers)
          fake.current.tell('proof.observed', {
            proofId,
            browser,
            observation: { id: 'x', exchanges: [], outcome: 'network-error', status: null, headers: null } as never,
            took: 1,
          })
        fake.current.tell('proof.finished', { proofId })
      }, 1)
      return { proofId }
    }
    await happened.prove(cells(3), [
      { id: '/usr/bin/fx', engine: 'firefox' },
      { id: '/usr/bin/cr', engine: 'chromium' },
    ])
    expect(happened.verdictOf(2, 0, 'firefox')).toBe('not-sent')
    expect(happened.verdictOf(2, 0, 'chromium')).toBe('not-sent')
    expect(happened.verdictOf(2, 0, 'webkit')).toBeNull()
  })

  it('stop when they are told to, keep what has happened, and are forgotten with an edit of the policy', async () => {
    const { open, happened } = await stores()
    fake.current.answers['run.start'] = ({ scenario }) => {
      const runId = scenario.page.origin
      if (asked().length <= 2) setTimeout(() => fake.current.tell('run.failed', { runId, error: 'cancelled' }), 1)
      return { runId }
    }
    const over = happened.run(cells(20), ['standard'])
    await vi.waitFor(() => expect(happened.done).toBe(2))
    happened.cancel()
    expect(happened.busy).toBe(false)
    expect(fake.current.called('run.cancel').length).toBeGreaterThan(0)
    expect(happened.cells.size).toBe(2)
    const [first] = open.workspace.servers
    if (first) first.policy.origins = 'any'
    await nextTick()
    expect(happened.cells.size).toBe(0)
    expect(asked().length).toBeLessThan(20)
    void over
  })
})
