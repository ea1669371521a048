/** `npm run screenshots`: the pictures of the README and the docs, taken from the real app in a real Chromium. */
import { chromium, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bench } from '../tests/e2e/support/bench.ts'
import { webHost } from '../tests/e2e/support/web-host.ts'
import { buildIfStale } from './build.ts'
import { ensureChromium, howToGetChromium } from './browsers.ts'

const pictures = resolve(import.meta.dirname, '../docs/pictures')

await buildIfStale()
const executablePath = await ensureChromium()
if (executablePath === null) throw new Error(howToGetChromium)

const dataFolder = await mkdtemp(join(tmpdir(), 'corslab-pictures-'))
const host = webHost(dataFolder)
await host.start()
const browser = await chromium.launch({ executablePath })
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme, reducedMotion: 'reduce' })
    await page.goto(host.url)
    await take(page, colorScheme)
    await page.close()
  }
} finally {
  await browser.close()
  await host.stop()
  await rm(dataFolder, { recursive: true, force: true })
}

async function take(page: Page, theme: string): Promise<void> {
  const { main, ...does } = bench(page)
  await does.openServer('Orders API')
  const start = main.getByRole('button', { name: 'Start', exact: true })
  if (await start.isVisible()) await start.click()
  await main.getByText('Running').waitFor()
  await page.screenshot({ path: join(pictures, `server-${theme}.png`) })

  const forget = main.getByRole('group', { name: 'Request headers' }).getByRole('button', { name: 'Remove x-api-key' })
  if (await forget.isVisible()) await forget.click()
  await does.openRequest('Update an order')
  await does.run()
  await does.verdict.getByText('Blocked at the preflight', { exact: true }).waitFor()
  await page.mouse.move(720, 850)
  await page.getByRole('contentinfo').getByText('Saved', { exact: true }).waitFor()
  await page.screenshot({ path: join(pictures, `blocked-${theme}.png`) })
}
