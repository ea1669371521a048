import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { rudeServer } from './support/rude-server.ts'

test('the palette finds requests, servers, commands and headers by a few letters, without a mouse', async ({ lab }) => {
  const { keyboard } = lab.page
  const { main, ...does } = bench(lab.page)
  const palette = lab.page.getByRole('dialog', { name: 'Find and commands' })
  await does.find('updord')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Update an order')
  await does.find('edit the url')
  await expect(main.getByRole('textbox', { name: 'URL' })).toBeFocused()
  await does.find('ifnonem')
  await expect(main.getByRole('textbox', { name: 'Value of If-None-Match' })).toBeFocused()
  await keyboard.type('"7f"')
  await expect(main.getByRole('textbox', { name: 'Value of If-None-Match' })).toHaveValue('"7f"')
  await does.find('4001 stop')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Orders API')
  await does.find('theme dark')
  await expect(lab.page.locator('html')).toHaveAttribute('data-theme', 'dark')

  // Nothing chosen: the focus goes back to where it was.
  await does.find('ping')
  await keyboard.press('Control+l')
  await keyboard.press('Control+k')
  await keyboard.type('zzqqzz')
  await expect(palette.getByRole('status')).toHaveText('Nothing is called that here.')
  await keyboard.press('Escape')
  await expect(main.getByRole('textbox', { name: 'URL' })).toBeFocused()
})

test('edits are taken back and done again, deletions too', async ({ lab }) => {
  const { keyboard } = lab.page
  const { main, workspace, ...does } = bench(lab.page)
  await does.openRequest('Update an order')
  const url = main.getByRole('textbox', { name: 'URL' })
  await keyboard.press('Control+l')
  await keyboard.type('http://localhost:4001/elsewhere')
  await keyboard.press('Tab')
  await keyboard.press('Control+z')
  await expect(url).toHaveValue('http://localhost:4001/orders/17')
  await keyboard.press('Control+Shift+Z')
  await expect(url).toHaveValue('http://localhost:4001/elsewhere')

  await workspace.getByRole('button', { name: /^PUT Update an order/ }).focus()
  await keyboard.press('Delete')
  await expect(lab.page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(workspace.getByRole('button', { name: /^PUT Update an order/ })).toHaveCount(0)
  await keyboard.press('Control+z')
  await expect(workspace.getByRole('button', { name: /^PUT Update an order/ })).toBeVisible()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Update an order')
})

test('a name that is being typed has an undo of its own', async ({ lab }) => {
  const { keyboard } = lab.page
  const { main, ...does } = bench(lab.page)
  await does.openRequest('Update an order')
  await keyboard.press('F2')
  await keyboard.type('Other')
  await keyboard.press('Control+z')
  await expect(lab.page.getByRole('textbox', { name: 'Request name' })).toBeVisible()
  await keyboard.press('Escape')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Update an order')
})

test('tabs, engines, panes, settings and the list of shortcuts are reached by their keys', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const does = bench(page)
  await does.openRequest('Update an order')
  for (const [keys, tab] of [
    ['Alt+2', 'Raw'],
    ['Alt+3', 'Console'],
    ['Alt+4', 'Script sees'],
    ['Alt+1', 'Why'],
  ] as const) {
    await keyboard.press(keys)
    await expect(page.getByRole('tab', { name: tab, exact: true })).toHaveAttribute('aria-selected', 'true')
  }
  await page.getByRole('tab', { name: 'Why', exact: true }).focus()
  await keyboard.press(']')
  await expect(does.exchange).toContainText('as Firefox')
  await keyboard.press('[')
  await expect(does.exchange).toContainText('as Chromium')

  const reached = new Set<string>()
  for (let n = 0; n < 9; n += 1) {
    await keyboard.press('F6')
    reached.add(
      await page.evaluate(() => {
        const pane = document.activeElement?.closest('nav') ?? document.activeElement?.closest('header, section, footer')
        const label = document.getElementById(pane?.getAttribute('aria-labelledby') ?? '')?.textContent
        return pane?.getAttribute('aria-label') ?? label ?? pane?.tagName.toLowerCase() ?? ''
      }),
    )
  }
  for (const pane of ['header', 'Workspace', 'Request', 'Verdict', 'Exchange', 'Evidence', 'footer']) expect(reached).toContain(pane)

  await keyboard.press('Control+Shift+?')
  const list = page.getByRole('dialog', { name: 'Shortcuts' })
  await expect(list).toContainText('Find and commands')
  await keyboard.press('Escape')
  await expect(list).toBeHidden()
  await keyboard.press('Control+,')
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible()
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('every shortcut of the list does what the list says', async ({ lab }) => {
  const { page, host } = lab
  const { keyboard } = page
  const { main, workspace, verdict, exchange } = bench(page)
  const add = host === 'electron-double' ? 'Control' : 'Alt'
  const title = main.getByRole('heading', { level: 1 })
  // The workspace has been read.
  await expect(workspace.getByRole('button', { name: /^PUT Update an order/ })).toBeVisible()

  await keyboard.press(`${add}+Shift+N`)
  await expect(title).toHaveText(/^API/)
  const port = await freePort()
  await main.getByRole('textbox', { name: 'Port', exact: true }).fill(String(port))
  await keyboard.press('Control+Shift+S')
  await expect(main.getByText('Running')).toBeVisible()
  await keyboard.press('F8')
  await keyboard.press(`${add}+n`)
  await expect(title).toHaveText(/^Request|^New request/)
  await keyboard.press('Control+l')
  await keyboard.type(`http://localhost:${port}/orders`)
  await expect(verdict).toContainText('Prediction: blocked')
  await keyboard.press('Control+.')
  await expect(page.getByRole('tab', { name: /^Fix/ })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Control+Enter')
  await expect(verdict).not.toContainText('Prediction')

  await keyboard.press('Control+d')
  await expect(title).toHaveText(/2$/)
  await keyboard.press('F2')
  await keyboard.type('Another')
  await keyboard.press('Enter')
  await expect(title).toHaveText('Another')
  await keyboard.press('Control+z')
  await expect(title).toHaveText(/2$/)
  await keyboard.press('Control+y')
  await expect(title).toHaveText('Another')
  await keyboard.press('Control+s')
  await expect(page.getByText(/^Saved Example\./)).toBeVisible()
  // A message that nobody has been to comes first.
  await keyboard.press('F6')
  await expect(page.locator('.toasts')).toContainText('Saved')
  expect(await page.evaluate(() => document.activeElement?.closest('.toasts') !== null)).toBe(true)
  await keyboard.press('Shift+F6')
  expect(await page.evaluate(() => document.activeElement?.closest('.toasts') === null)).toBe(true)

  await keyboard.press('Control+Shift+O')
  await expect(page.getByRole('combobox', { name: 'Page origin' })).toBeFocused()
  await keyboard.press('Escape')
  await keyboard.press('Control+b')
  await expect(workspace.getByRole('button', { name: 'New request' })).toBeHidden()
  await keyboard.press('Control+b')
  await expect(workspace.getByRole('button', { name: 'New request' })).toBeVisible()
  for (const [at, tab] of ['Why', 'Raw', 'Console', 'Script sees', 'Fix', 'Server log', 'Preflight cache'].entries()) {
    await keyboard.press(`Alt+${at + 1}`)
    await expect(page.getByRole('tab', { name: new RegExp(`^${tab}`) })).toHaveAttribute('aria-selected', 'true')
  }

  // Stopped and started again, from the request that goes to it.
  await keyboard.press('Control+Shift+S')
  await expect(main.getByRole('button', { name: 'Start', exact: true })).toBeVisible()
  await keyboard.press('Control+Shift+S')
  await expect(main.getByRole('button', { name: 'Start', exact: true })).toBeHidden()

  // Esc stops what never ends.
  const rude = await rudeServer(() => undefined)
  await main.getByRole('textbox', { name: 'URL' }).fill(`http://localhost:${rude.port}/`)
  await keyboard.press('Control+Enter')
  await expect(main.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible()
  await keyboard.press('Escape')
  await expect(exchange.or(verdict).filter({ hasText: 'Cancelled' }).first()).toBeVisible()
  rude.close()
})

test('the page becomes another one, and the origin ruler says what that makes it to the server, by keyboard alone', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const { verdict, ...does } = bench(page)
  await does.find('update an order')
  await expect(verdict).toContainText('Prediction: allowed')
  const field = page.getByRole('combobox', { name: 'Page origin' })
  const ruler = page.getByRole('table', { name: 'The two origins compared part by part' })
  const says = page.locator('.origin-compare')

  await keyboard.press('Control+Shift+O')
  await expect(field).toBeFocused()
  // Another port: another origin, the same site.
  await expect(ruler.getByRole('row').last()).toHaveText('samesamedifferent')
  await expect(says).toContainText('Cross-origin, same-site.')
  await keyboard.type('http://localhost:4001')
  await expect(says).toContainText('Same origin.')
  await keyboard.press('Control+a')
  await keyboard.type('https://evil.example/')
  await expect(page.getByText('Use https://evil.example', { exact: true })).toBeVisible()
  await expect(ruler).toBeHidden()
  // Enter takes the correction first, and then the origin.
  await keyboard.press('Enter')
  await expect(field).toHaveValue('https://evil.example')
  await expect(says).toContainText('Cross-origin, cross-site.')
  await keyboard.press('Enter')
  await expect(field).toBeHidden()
  const chip = page.getByRole('button', { name: /^You are https:\/\/evil\.example/ })
  await expect(chip).toBeFocused()
  await expect(verdict).toContainText('Prediction: blocked')

  // One that is at hand, by the arrows: the last of the list is a sandboxed frame, whose origin is opaque.
  await keyboard.press('Enter')
  await expect(field).toBeFocused()
  for (let n = await page.getByRole('option').count(); n > 0; n -= 1) await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^You are null, sandboxed frame/ })).toBeFocused()
  await keyboard.press('Enter')
  await expect(ruler.getByRole('row', { name: /^the page/ })).toContainText('opaque')
  await keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^You are null/ })).toBeFocused()
})
