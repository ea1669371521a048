import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

const ui = resolve(import.meta.dirname, '../../renderer/src/ui')

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    test('the gallery shows every component, and axe finds nothing serious in any state', async ({ lab }, info) => {
      test.skip(lab.host !== 'web', 'The page is a file of the web host')
      const { page } = lab
      await page.goto(new URL('/gallery.html', lab.url).href)
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      const components = (await readdir(ui)).filter((file) => file.endsWith('.vue')).map((file) => file.replace('.vue', ''))
      for (const component of components) await expect(page.locator(`[data-part="${component}"]`), component).toHaveCount(1)
      await expect(page.getByRole('textbox', { name: 'Headers', exact: true })).toBeVisible()
      await info.attach('gallery', { body: await page.screenshot({ fullPage: true }), contentType: 'image/png' })

      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
      expect(found).toEqual([])
    })
  })
