import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '#shared/contract/dispatch'
import type { Events } from '#shared/contract/events'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import type { MockServer } from '#shared/policy/mock-server'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import type { Scenario } from '#shared/scenario/scenario'
import { createLab, type Lab } from './lab.ts'

type Told = { [E in keyof Events]: { event: E; payload: Events[E] } }[keyof Events]

let folder: string
let lab: Lab
let told: Told[]
let wake: () => void
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cors-lab-'))
  lab = createLab({ name: 'web', version: '1.2.3', workspaceFile: join(folder, 'workspace.json') })
  told = []
  wake = () => undefined
  lab.emitTo((event, payload) => {
    told.push({ event, payload } as Told)
    wake()
  })
})
afterEach(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

/** The first event of that name that passes, now or later. */
async function heard<E extends keyof Events>(event: E, passes: (payload: Events[E]) => boolean = () => true): Promise<Events[E]> {
  for (;;) {
    const found = told.find((each) => each.event === event && passes(each.payload as Events[E]))
    if (found !== undefined) return found.payload as Events[E]
    await new Promise<void>((resolve) => (wake = resolve))
  }
}

/** The example's server on a port that is free. */
const [example] = exampleWorkspace.servers
if (example === undefined) throw new Error('the example has a server')
const server: MockServer = { ...example, port: 0 }

const scenarioTo = (port: number): Scenario => ({
  id: 'update',
  page: { origin: 'http://localhost:5173' },
  request: { api: 'fetch', url: `http://localhost:${port}/orders/17`, method: 'PUT', headers: [['X-API-Key', 'k']], body: '{}' },
})

describe('the lab', () => {
  it('describes its host', async () => {
    expect(await lab.service['host.describe']({})).toEqual({
      name: 'web',
      version: '1.2.3',
      platform: process.platform,
      workspaceFile: join(folder, 'workspace.json'),
    })
  })

  it('opens the example at first, and afterwards what was saved', async () => {
    expect(await lab.service['workspace.read']({})).toEqual({ workspace: exampleWorkspace, trouble: null })
    await lab.service['workspace.save']({ ...exampleWorkspace, name: 'Mine' })
    expect((await lab.service['workspace.read']({})).workspace.name).toBe('Mine')
  })

  it('runs a scenario against its own mock server as it was predicted, and both tell of every exchange', async () => {
    const { port } = await lab.service['mock-server.start'](server)
    const scenario = scenarioTo(port)
    const { runId } = await lab.service['run.start']({ scenario, profile: 'chromium', timeout: 30_000 })
    const { result } = await heard('run.finished', (payload) => payload.runId === runId)
    expect(result.prediction).toEqual(predict(scenario, 'chromium', answersOfMockServers([{ server, port }])))

    // The client may have the answer a moment before the server has seen it off.
    await heard('mock-server.exchange', ({ kind }) => kind === 'request')
    const names = told.map(({ event }) => event)
    expect(names.filter((name) => name === 'run.exchange')).toHaveLength(2)
    const log = await lab.service['mock-server.log']({ id: server.id })
    expect(log.map(({ kind, method, status }) => [kind, method, status])).toEqual([
      ['preflight', 'OPTIONS', 204],
      ['request', 'PUT', 200],
    ])
    // The two ends of the socket saw the same bytes.
    const seen = told.flatMap((each) => (each.event === 'run.exchange' ? [each.payload.exchange] : []))
    expect(seen.map(({ request, response }) => [request, response])).toEqual(log.map(({ request, response }) => [request, response]))

    await lab.service['mock-server.clear-log']({ id: server.id })
    expect(await lab.service['mock-server.log']({ id: server.id })).toEqual([])
  })

  it('finds its servers by the names they answer for, and trusts their certificates in runs', async () => {
    const { port } = await lab.service['mock-server.start']({
      ...server,
      hosts: ['http://api.example.com', 'https://api.example.com:8443'],
    })
    for (const url of ['http://api.example.com/orders', 'https://api.example.com:8443/orders', `https://localhost:${port}/orders`]) {
      const { request, ...rest } = scenarioTo(port)
      const { runId } = await lab.service['run.start']({
        scenario: { ...rest, request: { ...request, url } },
        profile: 'chromium',
        timeout: 30_000,
      })
      const { result } = await heard('run.finished', (payload) => payload.runId === runId)
      expect([url, result.prediction.outcome]).toEqual([url, 'cors'])
    }
  })

  it('tells and lists what state its servers are in', async () => {
    const state = await lab.service['mock-server.start'](server)
    expect(await lab.service['mock-server.list']({})).toEqual([state])
    expect(await heard('mock-server.state')).toEqual({ id: server.id, state })
    await lab.service['mock-server.stop']({ id: server.id })
    expect(await heard('mock-server.state', (payload) => payload.state === null)).toEqual({ id: server.id, state: null })
    expect(await lab.service['mock-server.list']({})).toEqual([])
  })

  it('starts one server, not two, where it is asked twice', async () => {
    const [one, two] = await Promise.all([lab.service['mock-server.start'](server), lab.service['mock-server.start'](server)])
    expect(two.port).toBe(one.port)
    expect(await lab.service['mock-server.list']({})).toHaveLength(1)
  })

  it('moves a server whose port changed, and leaves it where it is if the new port is taken', async () => {
    const first = await lab.service['mock-server.start'](server)
    const other = await lab.service['mock-server.start']({ ...server, id: 'other' })
    await expect(lab.service['mock-server.start']({ ...server, port: other.port })).rejects.toMatchObject({ code: 'port-in-use' })
    expect(await lab.service['mock-server.list']({})).toContainEqual(first)
    await lab.service['mock-server.stop']({ id: 'other' })
    const moved = await lab.service['mock-server.start']({ ...server, port: other.port })
    expect(await lab.service['mock-server.list']({})).toEqual([moved])
  })

  it('holds an update from the next request on; one to a server that does not run does nothing', async () => {
    const { port } = await lab.service['mock-server.start'](server)
    const closed: MockServer = { ...server, policy: { ...server.policy, origins: 'none' } }
    await lab.service['mock-server.update'](closed)
    await lab.service['mock-server.update']({ ...closed, id: 'nobody' })
    await lab.service['run.start']({ scenario: scenarioTo(port), profile: 'standard', timeout: 30_000 })
    expect((await heard('run.finished')).result.prediction).toMatchObject({ outcome: 'network-error', exchanges: [{ kind: 'preflight' }] })
  })

  it('refuses by name to stop what does not run', async () => {
    const reply = await dispatch(lab.service, 'mock-server.stop', { id: 'nobody' }, () => undefined)
    expect(reply).toEqual({ ok: false, error: { code: 'no-such-server', details: { id: 'nobody' } } })
  })

  it('cancels a run', async () => {
    const { port } = await lab.service['mock-server.start'](server)
    const { runId } = await lab.service['run.start']({ scenario: scenarioTo(port), profile: 'standard', timeout: 30_000 })
    await lab.service['run.cancel']({ runId })
    expect(await heard('run.failed')).toEqual({ runId, error: 'cancelled' })
    await lab.service['run.cancel']({ runId: 'none' })
  })

  it('tells everybody who listens, until they stop', async () => {
    const others: string[] = []
    const stop = lab.emitTo((event) => others.push(event))
    await lab.service['mock-server.start'](server)
    stop()
    await lab.service['mock-server.stop']({ id: server.id })
    expect(others).toEqual(['mock-server.state'])
    expect(told).toHaveLength(2)
  })

  it('closes every server and every run', async () => {
    const { port } = await lab.service['mock-server.start'](server)
    const { runId } = await lab.service['run.start']({ scenario: scenarioTo(port), profile: 'standard', timeout: 30_000 })
    await lab.close()
    expect(await heard('run.failed')).toEqual({ runId, error: 'cancelled' })
    expect(await lab.service['mock-server.list']({})).toEqual([])
  })
})
