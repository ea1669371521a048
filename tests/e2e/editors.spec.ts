import type { Locator } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'

/** By Tab alone; a few stops lie between. */
async function tabTo(place: Locator): Promise<void> {
  const isThere = () => place.evaluate((element) => element === document.activeElement)
  for (let stops = 0; stops < 8 && !(await isThere()); stops++) await place.page().keyboard.press('Tab')
  await expect(place).toBeFocused()
}

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
  await tabTo(body)
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

test('the Code tab writes the call of the request, and reads what is typed there, by keyboard alone', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const { main, verdict, ...does } = bench(page)
  await does.openRequest('Update an order')
  await page.getByRole('tab', { name: 'Options' }).focus()
  await keyboard.press('ArrowRight')
  const code = main.getByRole('textbox', { name: 'Code' })
  await expect(code).toBeVisible()
  await tabTo(code)
  await expect(code).toContainText("await fetch('http://localhost:4001/orders/17', {")
  await expect(code).toContainText("method: 'PUT',")

  // The request follows the text …
  await keyboard.press('ControlOrMeta+a')
  await keyboard.insertText(
    "const xhr = new XMLHttpRequest()\nxhr.open('GET', 'http://localhost:4001/orders')\nxhr.withCredentials = true\nxhr.send()",
  )
  await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue('http://localhost:4001/orders')
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('GET')
  await expect(verdict).toContainText('Prediction: blocked at the CORS check')

  // … keeps what it had where the text cannot be read, and says where that is …
  await keyboard.press('ControlOrMeta+End')
  await keyboard.type('\nxhr.open(method')
  await expect(code).toHaveAccessibleDescription(/^Line \d, column 16: This is not JavaScript: Unexpected token\. The request keeps/)
  await keyboard.type(', "/")')
  await expect(code).toHaveAccessibleDescription(/^Line \d, column 10: The value of method is not written here/)
  await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue('http://localhost:4001/orders')
  // … and the text follows the request.
  await main.getByRole('textbox', { name: 'URL' }).fill('http://localhost:4001/elsewhere')
  await expect(code).toContainText("xhr.open('GET', 'http://localhost:4001/elsewhere')")
  await expect(code).not.toContainText('method')
})

test('a pasted cURL command or fetch() call becomes the request, and Undo brings back the one before', async ({ lab }) => {
  const { page } = lab
  const { main, ...does } = bench(page)
  const url = main.getByRole('textbox', { name: 'URL' })
  const paste = (text: string) =>
    url.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', pasted)
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
  await does.openRequest('Update an order')
  await paste(`curl 'http://localhost:4001/orders' -X POST -H 'Origin: https://app.example.com' -H 'Sec-Fetch-Mode: cors' --json '{"n":1}'`)
  await expect(url).toHaveValue('http://localhost:4001/orders')
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('POST')
  await expect(page.getByRole('button', { name: /^You are https:\/\/app\.example\.com/ })).toBeVisible()
  await expect(main.getByRole('combobox', { name: 'Header name' }).first()).toHaveValue('Content-Type')
  await expect(page.getByText('Left out, for the browser sets them: sec-fetch-mode.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(url).toHaveValue('http://localhost:4001/orders/17')
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('PUT')

  await paste(`fetch('http://localhost:4001/a', { method: 'DELETE' })`)
  await expect(url).toHaveValue('http://localhost:4001/a')
  await paste(`fetch(somewhere)`)
  await expect(page.getByText(/^This was not read as a request\. Line 1, column 7: The value of somewhere/)).toBeVisible()
  await expect(url).toHaveValue('http://localhost:4001/a')

  // Typed, it is offered.
  await url.fill('curl http://localhost:4001/typed')
  await main.getByRole('button', { name: 'Read as a request' }).click()
  await expect(url).toHaveValue('http://localhost:4001/typed')
})
