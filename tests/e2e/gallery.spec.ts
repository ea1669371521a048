import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from './fixtures.ts'
import { seriousViolationsIn, themes } from './support/axe.ts'

const ui = resolve(import.meta.dirname, '../../renderer/src/ui')

test('the gallery shows every component, and axe finds nothing serious in any state, in either theme', async ({ lab }, info) => {
  test.skip(lab.host !== 'web', 'The page is a file of the web host')
  const { page } = lab
  await page.goto(new URL('/gallery.html', lab.url).href)
  const components = (await readdir(ui)).filter((file) => file.endsWith('.vue')).map((file) => file.replace('.vue', ''))
  for (const component of components) await expect(page.locator(`[data-part="${component}"]`), component).toHaveCount(1)
  await expect(page.getByRole('textbox', { name: 'Headers', exact: true })).toBeVisible()
  await info.attach('gallery', { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' })

  for (const theme of themes) expect(await seriousViolationsIn(theme, page), theme).toEqual([])

  // In the system's own colours a ground is the same for all, unless the lab says otherwise.
  await page.emulateMedia({ forcedColors: 'active' })
  const ground = (name: string) => page.locator(name).evaluate((element) => getComputedStyle(element).backgroundColor)
  const seg = '[data-part="Seg"] [role="radiogroup"]:first-of-type [role="radio"]'
  expect(await ground(`${seg}[aria-checked="true"] >> nth=0`)).not.toBe(await ground(`${seg}[aria-checked="false"] >> nth=0`))
  const aSwitch = '[data-part="Switch"] [role="switch"]'
  expect(await ground(`${aSwitch}[aria-checked="true"] >> nth=0`)).not.toBe(await ground(`${aSwitch}[aria-checked="false"] >> nth=0`))
})
