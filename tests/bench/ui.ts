/**
 * What the page takes: from a keystroke to the painted prediction, the longest task while a long log is scrolled, the script of a first load,
 * and a large sweep. In a real Chromium, with `corslab web` as a user starts it. Run: npm run bench:ui
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { buildIfStale } from '../../scripts/build.ts'
import { ensureChromium, howToGetChromium } from '../../scripts/browsers.ts'
import { freePort } from '../e2e/support/free-port.ts'
import { webHost } from '../e2e/support/web-host.ts'
import { measureFirstLoad } from './ui/first-load.ts'
import type { Opener } from './ui/opener.ts'
import { measureScrolling } from './ui/scrolling.ts'
import { measureSweep } from './ui/sweep.ts'
import { measureTyping } from './ui/typing.ts'
import { workspace } from './ui/workspace.ts'

await buildIfStale()
const executablePath = await ensureChromium()
if (executablePath === null) throw new Error(howToGetChromium)

const port = await freePort()
const dataFolder = await mkdtemp(join(tmpdir(), 'corslab-bench-'))
await writeFile(join(dataFolder, 'workspace.json'), JSON.stringify(workspace(port)))
const host = webHost(dataFolder)
await host.start()

const open: Opener = async (args, use) => {
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(host.url)
    await use(page, browser)
  } finally {
    await browser.close()
  }
}

try {
  await measureFirstLoad(open)
  await measureTyping(open)
  await measureScrolling(open, port)
  await measureSweep(open)
  console.log(`load of the machine meanwhile: ${loadavg()[0]?.toFixed(1) ?? '?'} programs for ${availableParallelism()} processors`)
} finally {
  await host.stop()
  await rm(dataFolder, { recursive: true, force: true })
}
