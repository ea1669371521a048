/**
 * What a proof takes: the first one, start of the browser included, and the next ones, for which it is kept warm; each at once after the one
 * before, and after a look at its result. Run: npm run bench:prove
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from '#shared/contract/browsers'
import { newMockServer } from '#shared/policy/mock-server'
import { createLab } from '#node/lab'

/** Milliseconds that somebody looks at a result before proving again. */
const look = 1500
const pauses = [0, 0, look, look, look]

const folder = await mkdtemp(join(tmpdir(), 'corslab-bench-'))
const lab = createLab({ name: 'web', version: '0', workspaceFile: join(folder, 'workspace.json') })
const { port } = await lab.service['mock-server.start'](newMockServer({ id: 'api', name: 'API', port: 0 }))
try {
  for (const browser of (await lab.service['browser.list']({})).browsers) await measure(browser)
  console.log(`load of the machine meanwhile: ${loadavg()[0]?.toFixed(1) ?? '?'} programs for ${availableParallelism()} processors`)
} finally {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
}

async function measure(browser: Browser): Promise<void> {
  const first = await prove(browser)
  console.log(`${browser.name} ${browser.version ?? ''}`)
  console.log(`  first proof, its start included: ${first.toFixed(0)} ms`)
  for (const [at, pause] of pauses.entries()) {
    await sleep(pause)
    const took = await prove(browser)
    const when = pause === 0 ? 'at once' : `${pause / 1000} s later`
    console.log(`  proof ${at + 2}, ${when}: ${took.toFixed(0)} ms, ${(took / first).toFixed(2)} of the first`)
  }
}

function prove({ id }: Browser): Promise<number> {
  const since = performance.now()
  const over = new Promise<number>((resolve, reject) => {
    const stop = lab.emitTo((event, payload) => {
      if (event === 'proof.failed') reject(new Error(JSON.stringify(payload)))
      if (event !== 'proof.finished') return
      stop()
      resolve(performance.now() - since)
    })
  })
  void lab.service['proof.start']({
    scenario: {
      id: 'bench',
      page: { origin: 'http://app.example.com' },
      request: { api: 'fetch', method: 'PUT', url: `http://localhost:${port}/orders`, headers: [['X-Api-Key', 'k']] },
    },
    browsers: [id],
    network: false,
  })
  return over
}
