import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'

test('a body is written by keyboard alone, marked where it is not the JSON it is said to be, and taken back', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const { main, exchange, ...does } = bench(page)
  await does.openRequest('Update an order')
  await page.getByRole('tab', { name: 'Headers' }).focus()
  await keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: /^Body/ })).toHaveAttribute('aria-selected', 'true')
  const body = main.getByRole('textbox', { name: 'Body' })
  await expect(body).toHaveText('{"status":"shipped"}')
  // Past the choice of kinds, into the editor.
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await expect(body).toBeFocused()
  await keyboard.press('ControlOrMeta+a')
  await keyboard.type('{"status": sent}')
  await expect(exchange).toContainText('16 B of body')
  await expect(body).toHaveAccessibleDescription(/Content-Type says JSON, and this is none/)
  await expect(body.locator('.cm-lintRange')).toHaveText('s')

  await keyboard.press('ControlOrMeta+z')
  await expect(body).toHaveText('{"status":"shipped"}')
  await expect(body).toHaveAccessibleDescription(/A string alone sets Content-Type/)
  // Tab leads on: an editor is no trap.
  await keyboard.press('Tab')
  await expect(body).not.toBeFocused()
})
