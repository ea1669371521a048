/** The listings of the workshops are run, and answer as the lesson's own mock server does. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { startMockServer } from '#node/mock-server/mock-server'
import { allowEverybody } from '#shared/learn/lessons/allow-everybody'
import { allowOneOrigin } from '#shared/learn/lessons/allow-one-origin'
import type { Lesson, Listing } from '#shared/learn/lesson'
import { lessonServers, placed, usualPlaces } from '#shared/learn/places'
import type { MockServer } from '#shared/policy/mock-server'
import { freePort } from './e2e/support/free-port.ts'

const hasFlask = spawnSync('python3', ['-c', 'import flask, flask_cors']).status === 0

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end()
})

/** Workshop 2 as it ends: both listings say `Vary: Origin` from the start. */
const withVary = (server: MockServer): MockServer => ({
  ...server,
  policy: { ...server.policy, vary: { ...server.policy.vary, origin: true } },
})
const workshops = [
  { lesson: allowEverybody, settled: (server: MockServer) => server },
  { lesson: allowOneOrigin, settled: withVary },
]
const cases = workshops.flatMap(({ lesson, settled }) => listingsOf(lesson).map((listing) => ({ lesson, settled, listing })))

/** Whom it may concern, and whom not; the last asks without an `Origin`. */
const origins = ['http://127.0.0.1:8000', 'http://localhost:8000', 'https://127.0.0.1:8000', 'null', undefined]

describe('listings', () => {
  it('are two of each workshop', () => {
    expect(cases.map(({ listing }) => listing.file)).toEqual(['greeting.py', 'greeting.js', 'one_origin.py', 'one-origin.js'])
  })

  for (const { lesson, settled, listing } of cases) {
    const isSkipped = listing.file.endsWith('.py') && !hasFlask
    it.skipIf(isSkipped)(`${lesson.title}: ${listing.file}${isSkipped ? ' (python3 has no flask_cors)' : ''}`, async () => {
      const { api } = lessonServers(lesson, usualPlaces(lesson))
      if (!api) throw new Error('The lesson has no server with the role api.')
      const mock = await startMockServer({ ...settled(api), port: 0 }, { onExchange: () => undefined })
      ended.push(() => mock.stop())
      const port = await listening(listing)
      for (const origin of origins)
        expect(await answer(port, origin), `asked by ${origin ?? 'nobody'}`).toEqual(await answer(mock.state().port, origin))
    })
  }
})

function listingsOf(lesson: Lesson): readonly Listing[] {
  const listings = lesson.steps.flatMap(({ bench }) => bench.flatMap((part) => (part.part === 'listings' ? part.listings : [])))
  return placed(listings, lesson, usualPlaces(lesson))
}

/** Starts it as it is printed, on a port of the test's. */
async function listening({ file, code }: Listing): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'corslab-listing-'))
  ended.push(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, file), code)
  const port = await freePort()
  const env = { ...process.env, PORT: String(port), NODE_PATH: resolve('node_modules') }
  const child = spawn(file.endsWith('.py') ? 'python3' : process.execPath, [file], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  ended.push(() => stop(child))
  while (child.exitCode === null) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    if (answered) return port
    await sleep(50)
  }
  throw new Error(`${file} ended: ${said}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}

/** What the lesson is about: the rest of the header is the framework's own. */
async function answer(port: number, origin: string | undefined) {
  const response = await fetch(`http://127.0.0.1:${port}/`, { headers: origin === undefined ? {} : { Origin: origin } })
  const headers = [...response.headers].filter(([name]) => name === 'vary' || name.startsWith('access-control-'))
  return { status: response.status, headers, body: await response.text() }
}
