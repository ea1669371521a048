import { presets } from '../../shared/scenario/presets.ts'
import { sampled } from '../support/quick.ts'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'

test('the first start offers twelve ways to break it; each opens a running server and a request, by keyboard alone', async ({ lab }) => {
  const { page } = lab
  const { main, workspace, verdict, ...does } = bench(page)
  const names = presets.map(({ title }) => title.replaceAll('`', ''))
  const offered = (name: string) => main.getByRole('button', { name: new RegExp(name.replaceAll('.', '\\.')) })
  for (const name of names) await expect(offered(name)).toBeVisible()
  const opened = sampled(names, 3)
  for (const name of opened) {
    await does.find('go to the start')
    await offered(name).focus()
    await page.keyboard.press('Enter')
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(name)
    await expect(verdict).toContainText(/^Prediction/)
    await page.keyboard.press('Control+Enter')
    await expect(verdict).not.toContainText('Prediction')
    await expect(verdict).toContainText(
      name === 'The header out of sight' ? 'Allowed' : name === 'The opaque answer' ? 'Opaque' : 'Blocked',
    )
  }
  await expect(workspace.getByRole('button', { name: /^running/ })).toHaveCount(opened.length)
})

test('a preset whose port another program has takes a free one', async ({ lab }) => {
  const { page } = lab
  const { main, workspace } = bench(page)
  // The example's server is written for 4001, so the next one is for 4002.
  const { createServer } = await import('node:net')
  const holder = createServer()
  await new Promise<void>((resolve) => holder.once('error', () => resolve()).listen(4002, '127.0.0.1', resolve))
  await main.getByRole('button', { name: /Works in curl/ }).click()
  await expect(workspace.getByRole('button', { name: /^running Plain API/ })).toBeVisible()
  const url = await main.getByRole('textbox', { name: 'URL' }).inputValue()
  expect(new URL(url).port).not.toBe('4002')
  await expect(workspace.getByRole('button', { name: new RegExp(`^running Plain API.*:${new URL(url).port}`) })).toBeVisible()
  holder.close()
})

test('the example is opened, and comes back after it was deleted', async ({ lab }) => {
  const { page } = lab
  const { main, workspace, ...does } = bench(page)
  await does.openRequest('Update an order')
  await does.find('delete the')
  await page.getByRole('button', { name: 'Delete request' }).click()
  await expect(workspace.getByRole('button', { name: /Update an order/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'CORS Lab' }).click()
  await main.getByRole('button', { name: 'Open the example' }).click()
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('List orders')
  await expect(workspace.getByRole('button', { name: /^PUT Update an order/ })).toBeVisible()
})
