import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Events } from '#shared/contract/events'
import type { Scenario } from '#shared/scenario/scenario'
import { createLab } from '#node/lab'
import { inEachBrowser, prove, scratch } from './real-browsers.ts'

const lab = createLab({ name: 'web', version: '0', workspaceFile: join(scratch, 'proofs', 'workspace.json'), report: () => undefined })
afterAll(() => lab.close())
const { browsers: found } = await lab.service['browser.list']({})

const url = 'http://api.test:9000/same'
const allowing: [string, string][] = [
  ['Access-Control-Allow-Origin', 'http://app.test:8000'],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Methods', 'PUT'],
]

/** Sets a cookie, and has a preflight kept: both would show in whatever shares the browser's memory with it. */
const leaving = (who: string): Scenario => ({
  id: who,
  page: { origin: 'http://app.test:8000' },
  request: { api: 'fetch', url, method: 'PUT', headers: [], credentials: 'include' },
  server: [
    {
      url,
      preflight: { status: 204, headers: [...allowing, ['Access-Control-Max-Age', '600']] },
      response: { status: 200, headers: [...allowing, ['Set-Cookie', `${who}=1`], ['Access-Control-Expose-Headers', who], [who, '1']] },
    },
  ],
})

const once = (who: string) => ({
  id: who,
  exchanges: [
    { kind: 'preflight', url },
    { kind: 'request', method: 'PUT', url },
  ],
  outcome: 'cors',
  headers: [who],
})

inEachBrowser('proofs in the lab', ({ program }) => {
  it('asked for at once see each its own servers; none knows of another, nor of one before', async () => {
    const first = await prove(lab, program, leaving('first'))
    const together = await Promise.all(['one', 'other', 'third'].map((who) => prove(lab, program, leaving(who))))
    const next = await prove(lab, program, leaving('one'))
    const all = [first, ...together, next]
    expect(all).toMatchObject(['first', 'one', 'other', 'third', 'one'].map(once))
    expect(all.flatMap(({ exchanges }) => exchanges).filter((each) => 'cookies' in each)).toEqual([])
  })
})

it.skipIf(found.length < 2)('is asked of all browsers at once, and told by each on its own', async () => {
  const told: Events['proof.observed'][] = []
  const finished = new Promise<string>((resolve) => {
    lab.emitTo((event, payload) => {
      if (event === 'proof.observed') told.push(payload as Events['proof.observed'])
      if (event === 'proof.finished') resolve((payload as Events['proof.finished']).proofId)
    })
  })
  const { proofId } = await lab.service['proof.start']({ scenario: leaving('all'), network: false })
  expect(await finished).toBe(proofId)
  expect(told.map(({ browser }) => browser).sort()).toEqual(found.map(({ id }) => id).sort())
  for (const { observation } of told) expect(observation).toMatchObject(once('all'))
})
