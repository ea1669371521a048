import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { tabTo } from './support/tab-to.ts'

test('a fix is tried before it is offered, applied to the server that runs, and taken back', async ({ lab }) => {
  const { page } = lab
  const { verdict, evidence, ...does } = bench(page)
  const port = await freePort()

  await does.newServer(port)
  await does.allowOrigins('http://localhost:5173')
  await does.allow('request headers', 'content-type')
  await does.startServer()
  await does.newRequest('PUT', `http://localhost:${port}/orders/17`, [['X-Api-Key', 'k']])
  await does.pageOrigin('http://localhost:5173')
  await expect(verdict).toContainText('Prediction: blocked at the preflight')

  // The picker of the page's origin has given the focus back.
  await expect(page.getByRole('button', { name: /^You are/ })).toBeFocused()
  // By keyboard alone: to the first fix, and Enter applies it.
  await expect(page.getByRole('tab', { name: /^Fix/ })).toContainText(/\d/)
  await page.keyboard.press('Control+.')
  const first = evidence.getByRole('listitem').first()
  await expect(first).toContainText('Allow the request header x-api-key')
  await expect(first).toContainText('Allowed in all four')
  await expect(first).toContainText('No one new may read.')
  await expect(first.getByRole('button', { name: 'Apply' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(verdict).toContainText('Prediction: allowed')

  // The server that runs answers by it.
  await does.run()
  await expect(verdict).toContainText('Allowed')
  await expect(verdict).not.toContainText('Prediction')

  // It is taken back by keyboard, too.
  await tabTo(page.getByRole('button', { name: 'Undo' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(verdict).toContainText('Prediction: blocked at the preflight')
})

test('what is often advised and does not help is said to be no help', async ({ lab }) => {
  const { page } = lab
  const { verdict, evidence, ...does } = bench(page)
  await does.openRequest('List orders with cookies')
  await expect(verdict).toContainText('Prediction: blocked')
  await page.getByRole('tab', { name: /^Fix/ }).click()
  await expect(evidence).toContainText('Allow credentials')
  await expect(evidence).toContainText('Would hide it: mode: "no-cors"')
})
