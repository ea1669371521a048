import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'

test('what was edited is there after a restart', async ({ lab }) => {
  const does = bench(lab.page)
  await does.newRequest('DELETE', 'http://localhost:4001/orders/17', [['X-Kept', 'yes']])
  await expect(lab.page.getByRole('contentinfo')).toContainText('Saved')
  await expect.poll(() => readFile(join(lab.dataFolder, 'workspace.json'), 'utf8')).toContain('X-Kept')
  await lab.page.close()
  await lab.stop()
  await lab.start()
  const page = await lab.openAnother()
  await bench(page).openRequest('Request')
  await expect(page.getByRole('textbox', { name: 'Value of X-Kept' })).toHaveValue('yes')
  await expect(bench(page).main.getByRole('textbox', { name: 'Method' })).toHaveValue('DELETE')
})

test('a workspace file that is broken is said so, kept aside and never overwritten', async ({ lab }) => {
  await lab.page.close()
  await lab.stop()
  const broken = '{\n  "version": 1,\n  "servers": [,]\n}\n'
  await writeFile(join(lab.dataFolder, 'workspace.json'), broken)
  await lab.start()
  const page = await lab.openAnother()
  await expect(page.getByText(/line 3/i).first()).toBeVisible()
  expect(await readFile(join(lab.dataFolder, 'workspace.broken-1.json'), 'utf8')).toBe(broken)
})

test('the host stops while the page is open: it says so, goes on predicting, loses nothing and connects again', async ({ lab }) => {
  test.skip(lab.host === 'electron-double', 'In the desktop app the window ends with its host')
  const { page } = lab
  // What the browser itself says of a bridge that is gone.
  lab.tolerated.push(/WebSocket|ERR_CONNECTION_REFUSED/)
  const { main, workspace, verdict, evidence, ...does } = bench(page)
  await does.newServer(await freePort())
  await does.startServer()
  // A request was looked at: its screen is loaded.
  await does.openRequest('Update an order')
  await expect(verdict).toContainText(/prediction/i)
  await lab.stop('SIGKILL')
  await expect(page.getByRole('contentinfo').getByRole('alert')).toContainText(/host/i)
  // Nobody knows whether a server still runs.
  await workspace.getByRole('button', { name: /^not reached/ }).click()
  await expect(main.getByText('Not reached')).toBeVisible()
  await does.newRequest('PUT', 'http://localhost:4001/orders/17')
  await expect(verdict).toContainText(/prediction/i)
  // What was never asked for cannot be had by now, which the console is told, too.
  lab.tolerated.push(/Unable to preload CSS/)
  await page.getByRole('tab', { name: 'Fix' }).click()
  await expect(evidence).toContainText('This part was not loaded')
  await lab.start()
  await expect(page.getByRole('contentinfo')).toContainText('Saved')
  await expect.poll(() => readFile(join(lab.dataFolder, 'workspace.json'), 'utf8')).toContain('http://localhost:4001/orders/17')
  await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue('http://localhost:4001/orders/17')
  await expect(workspace.getByRole('button', { name: /^not reached/ })).toHaveCount(0)
})
