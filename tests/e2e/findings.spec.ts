import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'

test('findings stand below their fields, are mended in one click and by keyboard alone, and are explained without a network', async ({
  lab,
}) => {
  const { page } = lab
  const { keyboard } = page
  const { main, ...does } = bench(page)
  await does.newServer(await freePort())
  const counts = main.getByRole('button', { name: /\d (broken|risks?|notices?)/ })
  await expect(counts).toBeHidden()

  await does.allowOrigins('https://app.example.com/', 'null')
  const who = main.locator('[data-field=origins]')
  await expect(who).toContainText('Broken. An origin ends without a slash; this never matches.')
  await expect(who).toContainText('Risk. Any site can make a sandboxed frame')
  await expect(counts).toHaveText(/1 broken.*1 risk/)
  await expect(who.getByRole('textbox', { name: 'Origin 1' })).toHaveAttribute('aria-invalid', 'true')

  // The page of the finding, and back to where the reader was.
  const why = who.getByRole('button', { name: 'Why' }).first()
  await why.click()
  const dialog = page.getByRole('dialog', { name: 'An origin with a trailing slash' })
  for (const part of ['What happens', 'Why', 'Example', 'Fix', 'In the standard'])
    await expect(dialog.getByRole('heading', { name: part })).toBeVisible()
  await expect(dialog.getByRole('link', { name: 'CORS check' })).toHaveAttribute(
    'href',
    'https://fetch.spec.whatwg.org/#concept-cors-check',
  )
  await keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(why).toBeFocused()

  // F8 goes to the next one's fix.
  await keyboard.press('F8')
  await expect(who.getByRole('button', { name: 'Remove it' })).toBeFocused()
  await keyboard.press('F8')
  await expect(who.getByRole('button', { name: 'Remove the slash' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(who.getByRole('textbox', { name: 'Origin 1' })).toHaveValue('https://app.example.com')
  await expect(counts).toHaveText(/^\s*1 risk$/)

  await page.getByText('Remove the slash: done.').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(who.getByRole('textbox', { name: 'Origin 1' })).toHaveValue('https://app.example.com/')
  await expect(counts).toHaveText(/1 broken.*1 risk/)
})

test('a policy is edited as header text: the form follows, keeps what it had where a line does not parse, and writes the text anew', async ({
  lab,
}) => {
  const { page } = lab
  const { keyboard } = page
  const { main, ...does } = bench(page)
  await does.newServer(await freePort())
  await does.allowOrigins('https://app.example.com')
  const text = main.getByRole('textbox', { name: 'Header text' })
  const lines = async () => (await text.innerText()).split('\n').map((line) => line.trim())
  await expect(text).toContainText('Access-Control-Allow-Origin: https://app.example.com')
  await expect(text).toContainText('Access-Control-Max-Age: 600')

  // The form follows the text.
  await replace('Access-Control-Max-Age: 600', 'Access-Control-Max-Age: 60')
  const maxAge = main.getByRole('textbox', { name: 'Max-age in seconds' })
  await expect(maxAge).toHaveValue('60')

  // What the form has no field for stays, as a line by hand.
  await keyboard.press('End')
  await keyboard.press('Enter')
  await keyboard.insertText('X-Debug: 1')
  const byHand = main.getByRole('list', { name: 'Header lines by hand' })
  await expect(byHand).toContainText('X-Debug: 1')

  // A line that does not parse is marked, and the form keeps what it had.
  await keyboard.press('Enter')
  await keyboard.insertText('no header')
  await expect(text.locator('.cm-lintRange')).toHaveText('no header')
  await expect(text).toHaveAccessibleDescription(/^Line \d+: .+ The form keeps what it had\.$/)
  await expect(byHand.getByRole('listitem')).toHaveCount(1)
  await expect(maxAge).toHaveValue('60')
  await keyboard.press('Shift+Home')
  await keyboard.press('Delete')
  await keyboard.press('Backspace')
  await expect(text).toHaveAccessibleDescription('')

  // The text follows the form, lines by hand included.
  await maxAge.fill('30')
  await maxAge.press('Enter')
  await expect(text).toContainText('Access-Control-Max-Age: 30')
  await expect(text).toContainText('X-Debug: 1')
  await byHand.getByRole('button', { name: /^Undo: X-Debug: 1/ }).click()
  await expect(text).not.toContainText('X-Debug')

  /** Goes to a line and writes another in its place. */
  async function replace(line: string, by: string) {
    await text.click()
    await keyboard.press('ControlOrMeta+Home')
    const at = (await lines()).indexOf(line)
    expect(at).toBeGreaterThanOrEqual(0)
    for (let down = 0; down < at; down += 1) await keyboard.press('ArrowDown')
    await keyboard.press('Home')
    await keyboard.press('Shift+End')
    await keyboard.insertText(by)
  }
})

test('who is turned away is told from the log with how often, and is let in by one click', async ({ lab }) => {
  const { page } = lab
  const { main, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('https://app.example.com')
  await does.startServer()
  const stranger = 'http://127.0.0.1:5173'
  const ask = async (origin: string, path: string) => {
    const answer = await fetch(`http://localhost:${port}${path}`, { headers: { Origin: origin } })
    return answer.headers.get('access-control-allow-origin')
  }
  expect(await ask('https://app.example.com', '/')).toBe('https://app.example.com')
  for (const path of ['/orders', '/orders/17']) expect(await ask(stranger, path)).toBe(null)

  const who = main.locator('[data-field=origins]')
  await expect(who).toContainText(`Notice. ${stranger} was refused twice today, the last time for GET /orders/17.`)
  await expect(main.getByRole('button', { name: '1 notice' })).toBeVisible()
  await ask(stranger, '/orders')
  await expect(who).toContainText(`${stranger} was refused 3 times today, the last time for GET /orders.`)
  await who.getByRole('button', { name: 'Why' }).click()
  await expect(page.getByRole('dialog', { name: 'An origin that asks is refused' })).toBeVisible()
  await page.keyboard.press('Escape')

  await who.getByRole('button', { name: `Allow the origin ${stranger}` }).click()
  await expect(who).not.toContainText('was refused')
  await expect(who.getByRole('textbox', { name: 'Origin 2' })).toHaveValue(stranger)
  await expect.poll(() => ask(stranger, '/orders')).toBe(stranger)

  // It is no finding of a policy that would let it in now; of one that would not, it is one again.
  await page.getByText(`Allow the origin ${stranger}: done.`).locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect(who).toContainText(/was refused \d times today/)
  await main.getByRole('region', { name: 'Live log' }).getByRole('button', { name: 'Clear' }).click()
  await expect(who).not.toContainText('was refused')
  // What was cleared may have been more of the same.
  await ask(stranger, '/orders')
  await expect(who).toContainText(`${stranger} was refused at least once today, the last time for GET /orders.`)
})
