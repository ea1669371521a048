import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'

test('a cookie that stays behind is told apart from CORS, goes along from its own site, and is marked on the wire', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, evidence, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('http://app.example.com', 'http://localhost:5173')
  await does.startServer()
  await does.newRequest('GET', `http://localhost:${port}/orders`)
  await does.pageOrigin('http://app.example.com')
  await page.getByRole('tab', { name: 'Options' }).click()
  await main.getByRole('radiogroup', { name: 'Credentials' }).getByRole('radio', { name: 'include' }).click()

  await page.getByRole('tab', { name: /^Cookies/ }).click()
  await expect(main.getByText('The jar is empty.')).toBeVisible()
  await main.getByRole('button', { name: 'Add a visit' }).click()
  await expect(main.getByRole('textbox', { name: 'Visited' })).toHaveValue(`http://localhost:${port}/`)
  const lines = main.getByRole('textbox', { name: 'Set-Cookie' })
  await lines.fill('sid=1; SameSite=Lax')
  await expect(lines).toHaveAccessibleDescription(/stays behind: it is SameSite=Lax, and the request is cross-site/)
  await expect(verdict).toContainText('Not CORS alone: the cookie sid stays behind because it is SameSite=Lax')
  // Nor is a word of it cut in a small window.
  await page.setViewportSize({ width: 1024, height: 700 })
  const sentence = verdict.getByText('Not CORS alone')
  expect(await sentence.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })

  await main.getByRole('button', { name: 'Add a cookie' }).click()
  await expect(lines.nth(1)).toBeFocused()
  await lines.nth(1).fill('none=1; SameSite=None')
  await expect(lines.nth(1)).toHaveAccessibleDescription(/is not kept: it is SameSite=None without Secure.*In WebKit it goes along/)

  await does.pageOrigin('http://localhost:5173')
  await expect(lines.first()).toHaveAccessibleDescription(/goes along.*localhost alone, path \/, SameSite=Lax/)
  await expect(verdict).toContainText('CORS alone: the cookie sid goes along.')
  await does.run()
  await does.show('Raw')
  await expect(evidence).toContainText('Cookie: sid=1')
  await expect(evidence).toContainText('sent: sid')

  await main.getByRole('button', { name: 'Remove the visit' }).click()
  await expect(main.getByText('The jar is empty.')).toBeVisible()
  await expect(verdict).not.toContainText('cookie')
})

test('Raw marks what an answer sets: what is kept and goes along next, and what is refused, with the reason', async ({ lab }) => {
  const { page } = lab
  const { main, exchange, verdict, evidence, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('http://localhost:5173')
  const routes = main.getByRole('region', { name: 'Routes' })
  await routes.getByRole('button', { name: 'Route', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'New route' })
  await dialog.getByRole('textbox', { name: 'Path of the route' }).fill('/login')
  await dialog.getByRole('textbox', { name: 'Set-Cookie' }).fill('sid=1; Path=/\nlost=1; Domain=elsewhere.example')
  await dialog.getByRole('button', { name: 'Add route' }).click()
  await main
    .getByRole('switch', { name: /credentials/i })
    .first()
    .click()
  await does.startServer()

  await does.newRequest('GET', `http://localhost:${port}/login`)
  await does.pageOrigin('http://localhost:5173')
  await page.getByRole('tab', { name: 'Options' }).click()
  await main.getByRole('radiogroup', { name: 'Credentials' }).getByRole('radio', { name: 'include' }).click()
  await main.getByRole('button', { name: 'Then another' }).click()
  await expect(verdict).toContainText('The cookie sid goes along.')
  await does.show('Raw')
  await expect(evidence).toContainText('sent: sid')

  await main.getByRole('button', { name: /^1 GET/ }).click()
  const line = (text: string) => evidence.locator('.rl').filter({ hasText: text })
  await expect(line('Set-Cookie: sid=1')).toContainText('kept')
  await does.run()
  await expect(exchange).toContainText('run at')
  await expect(line('Set-Cookie: sid=1')).toContainText('kept')
  await expect(line('Set-Cookie: lost=1')).toContainText(/not kept: it names a domain that is not the host’s own/)

  // Without credentials, the browser takes none.
  await main.getByRole('radiogroup', { name: 'Credentials' }).getByRole('radio', { name: 'omit' }).click()
  await expect(line('Set-Cookie: sid=1')).toContainText('not kept: credentials mode omit takes none here')
})

test('the jar is filled and emptied by keyboard alone', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const { main, ...does } = bench(page)
  await does.find('updord')
  // Its screen is loaded when the first request is opened.
  const url = main.getByRole('textbox', { name: 'URL' })
  await expect(url).toBeVisible()
  await keyboard.press('Control+l')
  await expect(url).toBeFocused()
  const headers = page.getByRole('tab', { name: /^Headers/ })
  for (let presses = 0; presses < 6 && !(await headers.evaluate((tab) => tab === document.activeElement)); presses++)
    await keyboard.press('Tab')
  await expect(headers).toBeFocused()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: /^Cookies/ })).toBeFocused()
  const add = main.getByRole('button', { name: 'Add a visit' })
  for (let presses = 0; presses < 4 && !(await add.evaluate((button) => button === document.activeElement)); presses++)
    await keyboard.press('Tab')
  await keyboard.press('Enter')
  const line = main.getByRole('textbox', { name: 'Set-Cookie' })
  await expect(line).toBeFocused()
  await keyboard.type('sid=1; Path=/elsewhere')
  await expect(line).toHaveAccessibleDescription(/stays behind: /)
  await expect(page.getByRole('tab', { name: 'Cookies 1' })).toBeVisible()

  await keyboard.press('Tab')
  await expect(main.getByRole('button', { name: 'Remove the cookie' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(main.getByRole('button', { name: 'Add a cookie' })).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(add).toBeFocused()
  await expect(main.getByText('The jar is empty.')).toBeVisible()
})
