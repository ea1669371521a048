import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'

test('an image instead of a call: only what fits is offered, and crossorigin decides', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, evidence, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.startServer()
  await does.newRequest('PUT', `http://localhost:${port}/picture`, [['X-Api-Key', 'k']])
  await does.pageOrigin('http://app.example.com')

  await page.getByRole('tab', { name: 'Options' }).click()
  await main.getByRole('button', { name: 'API: fetch()' }).press('Enter')
  await expect(page.getByRole('menuitemradio')).toHaveCount(13)
  await page.keyboard.type('<img>')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('button', { name: 'API: <img>' })).toBeVisible()
  await expect(main.getByRole('radiogroup', { name: 'Mode' })).toHaveCount(0)
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveCount(0)
  await page.getByRole('tab', { name: /^Headers/ }).click()
  await expect(main.getByText('<img> takes no headers')).toBeVisible()

  await page.getByRole('tab', { name: 'Options' }).click()
  await main.getByRole('radiogroup', { name: 'crossorigin' }).getByRole('radio', { name: 'anonymous' }).click()
  await expect(verdict).toContainText(/blocked at the CORS check/i)
  await does.run()
  await expect(verdict).toContainText('run')
  await does.show('Server log')
  await expect(evidence).toContainText('GET')

  // What an image cannot be told is kept for the call that can.
  await main.getByRole('button', { name: 'API: <img>' }).click()
  await page.getByRole('menuitemradio', { name: 'fetch()' }).click()
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('PUT')
})
