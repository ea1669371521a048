/** `npm run screenshots`: the pictures of the README and the docs, every main screen in both themes, taken from the real app in a real Chromium. */
import { chromium, type Page } from '@playwright/test'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bench } from '../tests/e2e/support/bench.ts'
import { webHost } from '../tests/e2e/support/web-host.ts'
import { buildIfStale } from './build.ts'
import { ensureChromium, howToGetChromium } from './browsers.ts'

const screens = resolve(import.meta.dirname, '../docs/screens')

await buildIfStale()
const executablePath = await ensureChromium()
if (executablePath === null) throw new Error(howToGetChromium)

// The status bar shows it: the same in every picture, whoever takes them.
const dataFolder = join(tmpdir(), 'cors-lab')
await mkdir(dataFolder)
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

/** Every main screen, full of what it is for. The broken policy is taken back, so that the next theme finds the same. */
async function take(page: Page, theme: string): Promise<void> {
  const { main, workspace, ...does } = bench(page)
  const shoot = async (name: string) => {
    // No tooltip, no message on the way out, no caret.
    await page.mouse.move(720, 895)
    await page.getByRole('contentinfo').getByText('Saved', { exact: true }).waitFor()
    await page.screenshot({ path: join(screens, `${name}-${theme}.png`) })
  }
  await does.find('go to the start')
  await main.getByRole('heading', { level: 1 }).waitFor()
  await shoot('start')

  await does.openServer('Orders API')
  const start = main.getByRole('button', { name: 'Start', exact: true })
  await start.or(main.getByRole('button', { name: 'Stop', exact: true })).waitFor()
  if (await start.isVisible()) await start.click()
  await main.getByText('Running').waitFor()
  await does.openRequest('Update an order')
  await does.run()
  await does.verdict.getByText('Allowed', { exact: true }).first().waitFor()
  await shoot('allowed')
  await page.getByRole('tab', { name: 'Code' }).click()
  await main.getByRole('textbox', { name: 'Code' }).waitFor()
  await page.keyboard.press('Alt+2')
  await shoot('code-and-bytes')
  await page.getByRole('tab', { name: /^Headers/ }).click()
  await page.keyboard.press('Alt+1')

  await does.openServer('Orders API')
  await shoot('server')
  await main.getByRole('group', { name: 'Request headers' }).getByRole('button', { name: 'Remove x-api-key' }).click()
  await does.openRequest('Update an order')
  await page.keyboard.press('Alt+7')
  await does.evidence.getByText('the change does not show yet').waitFor()
  await shoot('preflight-cache')
  await page.keyboard.press('Alt+1')
  await does.run()
  await does.verdict.getByText('Blocked at the preflight', { exact: true }).waitFor()
  await shoot('blocked')
  await page.keyboard.press('Alt+5')
  await does.evidence.getByText('Allow the request header').waitFor()
  await shoot('fix')
  await page.keyboard.press('Alt+1')
  await page.keyboard.press('Control+z')

  await workspace.getByRole('button', { name: /^Who may do what/ }).click()
  await main.getByRole('gridcell').first().waitFor()
  await shoot('sweep')
  await workspace.getByRole('button', { name: /What is an origin\?/ }).click()
  await main.getByRole('heading', { level: 1 }).waitFor()
  await shoot('lesson')
}
