/**
 * The lab's mock servers beside others that answer the same, all in one run, by ratios: requests a second for an allowed GET and for a preflight,
 * the time from the start to the first answer, memory, and answers under load while the policy is edited. Run: npm run bench:servers
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { execFileSync } from 'node:child_process'
import { coldStarts } from './servers/cold-start.ts'
import { memoryAbove } from './servers/memory.ts'
import { underLoad } from './servers/under-load.ts'
import { throughput } from './servers/throughput.ts'

const bench = fileURLToPath(new URL('../../bench', import.meta.url))
if (!existsSync(`${bench}/node_modules/autocannon`)) {
  console.log('Installing the peers into bench/ …')
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: bench, stdio: 'inherit', shell: process.platform === 'win32' })
}

const failed = [...(await throughput()), ...(await coldStarts()), ...(await memoryAbove()), ...(await underLoad())]
for (const target of failed) console.log(`NOT REACHED: ${target}`)
process.exitCode = failed.length === 0 ? 0 : 1
