import { expect, test, type Lab } from './fixtures.ts'
import { sampled } from '../support/quick.ts'
import { seriousViolations, sizes, type Screen } from './support/axe.ts'
import { bench } from './support/bench.ts'

test.use({ browsers: 'all' })

for (const viewport of sampled(sizes, 2))
  test.describe(`${viewport.width}×${viewport.height}`, () => {
    test.use({ viewport })
    test('axe finds nothing serious on any screen, in either theme', async ({ lab }) => {
      test.setTimeout(180_000)
      expect(await seriousViolations(lab.page, screens(lab))).toEqual([])
    })
  })

/** Every screen, pane and dialog, one after the other; all reached by keys and the palette, whatever the size. */
async function* screens({ page }: Lab): AsyncGenerator<Screen> {
  const { keyboard } = page
  const { main, verdict, ...does } = bench(page)
  const dialog = page.getByRole('dialog')

  yield ['start']
  await keyboard.press('Control+k')
  await expect(dialog).toBeVisible()
  yield ['palette']
  await keyboard.type('zzqq')
  yield ['palette that finds nothing']
  await keyboard.press('Escape')

  await does.find('4001 stop')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Orders API')
  yield ['server, stopped']
  await main.getByRole('radio', { name: 'Whoever asks' }).click()
  await main.getByRole('button', { name: 'Why', exact: true }).first().click()
  await expect(dialog).toBeVisible()
  yield ['page of a finding']
  await keyboard.press('Escape')

  // Presets take a port that is free: these tests run side by side.
  const open = async (title: string) => {
    await does.find('go to the start')
    await main.getByRole('button', { name: title }).click()
    await expect(main.getByRole('heading', { level: 1 })).toContainText(title)
    await expect(verdict).toContainText('Prediction')
    await expect(main.getByRole('button', { name: 'Start', exact: true })).toBeHidden()
  }
  const everyTab = async function* (of: string): AsyncGenerator<Screen> {
    for (const [at, tab] of ['Why', 'Raw', 'Console', 'Script sees', 'Fix', 'Server log', 'Preflight cache'].entries()) {
      await keyboard.press(`Alt+${at + 1}`)
      await expect(page.getByRole('tab', { name: new RegExp(`^${tab}`) })).toHaveAttribute('aria-selected', 'true')
      yield at === 0 ? [`${of}, ${tab}`] : [`${of}, ${tab}`, '[aria-label=Evidence]']
    }
  }
  await open('The header out of sight')
  yield* everyTab('request, predicted as allowed')
  for (const tab of ['Body', 'Options', 'Code']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
    if (tab === 'Code') await expect(main.getByRole('textbox', { name: tab })).toBeVisible()
    yield [`request, ${tab}`]
  }
  await page.getByRole('tab', { name: /^Headers/ }).click()
  const runs = ['The header nobody allowed', 'The header out of sight', 'The opaque answer', 'Works in curl, not in the page']
  for (const title of sampled(runs, 4)) {
    await open(title)
    await does.run()
    await expect(verdict).not.toContainText('Prediction')
    yield* everyTab(`request, run: ${title}`)
  }
  const port = new URL(await main.getByRole('textbox', { name: 'URL' }).inputValue()).port

  await does.find('new request')
  yield ['request without a URL']
  await main.getByRole('textbox', { name: 'URL' }).fill('http://127.0.0.1:9/')
  await does.run()
  yield ['request that could not be sent']

  await keyboard.press('Control+Shift+O')
  await expect(page.getByRole('dialog').or(page.getByRole('combobox').first()).first()).toBeVisible()
  yield ['origin']
  await keyboard.press('Escape')
  await keyboard.press('Control+,')
  await expect(page.getByRole('menu')).toBeVisible()
  yield ['settings']
  await keyboard.press('Escape')
  await does.find('all shortcuts')
  await expect(dialog).toBeVisible()
  yield ['shortcuts']
  await keyboard.press('Escape')
  await does.find('delete the')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  yield ['delete?']
  await keyboard.press('Escape')

  await does.find(`${port} running`)
  await expect(main.getByRole('table', { name: 'Live log' })).toBeVisible()
  yield ['server, running, with a log']
  await main
    .getByRole('button', { name: /^Bytes of/ })
    .first()
    .click()
  yield ['server, an exchange opened']
  await does.find('new server')
  yield ['server, new']
}
