import type { Page } from '@playwright/test'
import { sampled } from '../support/quick.ts'
import { expect, test } from './fixtures.ts'
import { seriousViolations, sizes, type Screen } from './support/axe.ts'
import { bench } from './support/bench.ts'
import { preflightedPut, proving } from './support/proving.ts'

test('axe finds nothing serious in sweeps, dialogs, the trap of the preflight cache, proofs and lessons, in either theme and size; nothing moves', async ({
  lab,
}) => {
  test.setTimeout(240_000)
  const { page } = lab
  page.setDefaultTimeout(15_000)
  await page.evaluate(watchMotion)
  expect(await seriousViolations(page, screens(page))).toEqual([])
  // Reduced motion is asked for in all these tests.
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([])
})

/** In the page: what begins to move from now on. */
function watchMotion(): void {
  const moved: string[] = []
  for (const type of ['transitionrun', 'animationstart'])
    document.addEventListener(type, ({ target }) =>
      moved.push(`${type}: ${target instanceof Element ? target.outerHTML.slice(0, 160) : ''}`),
    )
  Object.assign(window, { moved })
}

/** Each in every size, and left in the first: what is next is found there. */
async function* screens(page: Page): AsyncGenerator<Screen> {
  for (const walk of [sweepScreens, serverDialogs, requestScreens, proofScreens, lessonScreens])
    for await (const screen of walk(page)) {
      for (const size of sampled(sizes, 2)) {
        await page.setViewportSize(size)
        yield [`${screen}, ${size.width}×${size.height}`]
      }
      await page.setViewportSize(sizes[0])
    }
}

async function* sweepScreens(page: Page): AsyncGenerator<string> {
  const { main, ...does } = bench(page)
  await does.find('new sweep')
  yield 'sweep, nothing chosen'
  await main.getByRole('button', { name: /^Which methods get through/ }).click()
  const differs = main.getByRole('gridcell', { name: /engines differ/ }).first()
  await expect(differs).toBeVisible()
  yield 'sweep'
  await differs.click()
  await expect(main.getByRole('list', { name: 'Engines' })).toBeVisible()
  yield 'sweep, a cell opened'
  await page.keyboard.press('Escape')
}

async function* serverDialogs(page: Page): AsyncGenerator<string> {
  const { main, ...does } = bench(page)
  const dialog = page.getByRole('dialog')
  await does.find('4001 stop')
  // In a low window one of the lower panes is shown at a time.
  const routes = main.getByRole('radio', { name: 'Routes' })
  if ((await routes.count()) > 0) await routes.first().click()
  await main.getByRole('button', { name: 'Route', exact: true }).click()
  await expect(dialog).toBeVisible()
  yield 'new route'
  await page.keyboard.press('Escape')
  await main.getByRole('button', { name: 'Edit the answer where no route matches' }).click()
  await expect(dialog).toBeVisible()
  yield 'answer where no route matches'
  await page.keyboard.press('Escape')
}

async function* requestScreens(page: Page): AsyncGenerator<string> {
  const { main, evidence, verdict, ...does } = bench(page)
  await preflightedPut(page)
  await does.run()
  await expect(verdict).not.toContainText('Prediction')
  // The policy changes while the preflight is kept.
  await does.openServer('API')
  await main.getByRole('group', { name: 'Methods' }).getByRole('button', { name: 'Remove PUT' }).click()
  await does.openRequest('Request')
  await page.keyboard.press('Alt+7')
  await expect(evidence.getByRole('article', { name: /the change does not show yet/ })).toBeVisible()
  yield 'preflight cache, with a policy that does not reach it'
  await page.keyboard.press('Control+Shift+O')
  await expect(page.getByRole('table', { name: 'The two origins compared part by part' })).toBeVisible()
  yield 'origins, compared'
  await page.getByRole('combobox', { name: 'Page origin' }).fill('app.example')
  yield 'origins, of what is none'
  await page.keyboard.press('Escape')
}

async function* proofScreens(page: Page): AsyncGenerator<string> {
  const { takePart, cell, list } = proving(page)
  const there = await takePart('Chromium')
  await page.getByRole('button', { name: /Browsers for proofs/ }).click()
  await expect(list).toBeVisible()
  yield 'browsers for proofs'
  await page.keyboard.press('Escape')
  if (there.length === 0) return
  await page.getByRole('button', { name: 'Prove in 1 browser' }).click()
  await expect(cell('Chromium')).toContainText('observed', { timeout: 30_000 })
  for (const tab of ['Why', 'Console', 'Script sees'] as const) {
    await bench(page).show(tab)
    yield `proof, ${tab}`
  }
}

async function* lessonScreens(page: Page): AsyncGenerator<string> {
  const { main, ...does } = bench(page)
  for (const lesson of ['What is an origin?', 'A simple request']) {
    await does.find(lesson)
    await expect(main.getByRole('heading', { level: 1 })).toContainText(lesson)
    yield `lesson: ${lesson}`
  }
}
