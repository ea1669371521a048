import { readFile } from 'node:fs/promises'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { tabTo } from './support/tab-to.ts'

test.use({ browsers: 'all' })

test('every origin, method and header set is predicted at once, looked through and followed into one cell', async ({ lab }) => {
  const { page } = lab
  const { main, workspace, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('http://localhost:5173')
  await does.allow('methods', 'GET', 'PUT')

  await workspace.getByRole('button', { name: 'New sweep' }).click()
  await main.getByRole('button', { name: /^Which methods get through/ }).click()
  const grid = main.getByRole('grid')
  const cell = (name: string) => grid.getByRole('gridcell', { name, exact: true })
  await expect(cell('http://localhost:5173, GET: allowed')).toBeVisible()
  await expect(cell('http://localhost:5173, PUT: allowed after a preflight')).toBeVisible()
  await expect(cell('https://evil.example, GET: blocked at the CORS check or not sent')).toBeVisible()
  await expect(cell('http://localhost:5173, GET, with Save-Data: on: engines differ, allowed in 1 of 4')).toBeVisible()
  await expect(grid.getByRole('rowheader', { name: 'https://localhost:5173 other scheme' })).toBeVisible()

  // One engine, then one kind of verdict: rows without it go.
  await main.getByRole('radiogroup', { name: 'Engine' }).getByRole('radio', { name: 'Cr' }).click()
  await expect(cell('http://localhost:5173, GET, with Save-Data: on: allowed')).toBeVisible()
  await main
    .getByRole('radiogroup', { name: 'Verdict' })
    .getByRole('radio', { name: /allowed/ })
    .click()
  await expect(grid.getByRole('rowheader')).toHaveCount(1)
  await main.getByRole('radiogroup', { name: 'Verdict' }).getByRole('radio', { name: /^All/ }).click()
  await main.getByRole('radiogroup', { name: 'Engine' }).getByRole('radio', { name: 'All engines' }).click()
  await main.getByRole('searchbox', { name: 'Filter origins' }).fill('evil')
  await expect(grid.getByRole('rowheader', { name: /evil/ })).toHaveCount(await grid.getByRole('rowheader').count())
  await main.getByRole('searchbox', { name: 'Filter origins' }).fill('')

  // By keyboard alone: to a difference, into it, and back.
  await cell('http://localhost:5173, GET: allowed').focus()
  await page.keyboard.press('ArrowRight')
  await expect(cell('http://localhost:5173, HEAD: allowed')).toBeFocused()
  await page.keyboard.press('e')
  const difference = cell('http://localhost:5173, GET, with Save-Data: on: engines differ, allowed in 1 of 4')
  await expect(difference).toBeFocused()
  await page.keyboard.press('Enter')
  const trace = main.getByRole('region', { name: 'GET, with Save-Data: on' })
  await expect(trace.getByRole('list', { name: 'Engines' })).toContainText('Blocked at the preflight')
  await page.keyboard.press('Escape')
  await expect(trace).toBeHidden()
  await expect(difference).toBeFocused()
  await page.keyboard.press('Enter')
  await trace.getByRole('button', { name: 'Open as request' }).click()
  await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue(`http://localhost:${port}/`)
  await expect(page.getByRole('button', { name: /^You are http:\/\/localhost:5173/ })).toBeVisible()
})

test('cells are asked for real, by keyboard alone, and what a change of the policy opens and closes is told', async ({ lab }) => {
  const { page } = lab
  const { main, workspace, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('http://app.example.com')
  await does.find('new sweep')
  await tabTo(main.getByRole('textbox', { name: 'Page origins' }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('http://app.example.com\nhttp://evil.example\nnot an origin')
  await expect(main.getByText('Line 3, not an origin:')).toBeVisible()
  const cell = (name: string) => main.getByRole('gridcell', { name, exact: true })
  await expect(cell('http://app.example.com, GET: allowed')).toBeVisible()

  // The server is started for it, and asked once an engine and cell.
  await tabTo(main.getByRole('button', { name: 'Ask for real…' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Run 2 cells against the server' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(main.getByRole('status')).toHaveText('8 asked for real')
  await expect(main.getByRole('button', { name: 'Ask for real…' })).toBeFocused()
  await expect(workspace.getByRole('button', { name: /^running API :\d+ 8$/ })).toBeVisible()

  const saved = page.waitForEvent('download')
  await tabTo(main.getByRole('button', { name: 'Export' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'As CSV' })).toBeFocused()
  await page.keyboard.press('Enter')
  const [head, allowed, refused] = (await readFile(await (await saved).path(), 'utf8')).split('\r\n')
  expect(head).toMatch(/^origin,method,headers,credentials,Chromium/)
  expect(allowed).toBe('http://app.example.com,GET,,same-origin,read,read,read,read,read,read,read,read')
  expect(refused).toMatch(/^http:\/\/evil\.example,GET,,same-origin(,cors-check){8}$/)

  // Another policy, compared with the one that it was.
  await main.getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('menuitem', { name: 'API as it is now, before it is changed' }).click()
  await expect(cell('http://app.example.com, GET: allowed, as before')).toBeVisible()
  await workspace.getByRole('button', { name: /^running API/ }).click()
  await does.allowOrigins('http://evil.example')
  await workspace.getByRole('button', { name: /^Who may do what 2/ }).click()
  await expect(cell('http://app.example.com, GET: blocked at the CORS check, closes')).toBeVisible()
  await expect(cell('http://evil.example, GET: allowed, opens')).toBeVisible()
})

test('cells are proven in the real Chromium, and can be stopped', async ({ lab }) => {
  const { page } = lab
  const { main, workspace, ...does } = bench(page)
  await does.newServer(await freePort())
  await does.allowOrigins('http://app.example.com')
  await workspace.getByRole('button', { name: 'New sweep' }).click()
  await main.getByRole('textbox', { name: 'Page origins' }).fill('http://app.example.com\nnull')
  await main.getByRole('radiogroup', { name: 'Engine' }).getByRole('radio', { name: 'Cr' }).click()

  await main.getByRole('button', { name: 'Ask for real…' }).click()
  await page.getByRole('menuitem', { name: 'Prove 2 cells in browsers' }).click()
  await expect(main.getByRole('status')).toHaveText('2 asked for real', { timeout: 20_000 })
  // What the browser did is what was foretold: no cell has anything to say about a difference.
  await expect(main.getByRole('gridcell', { name: 'http://app.example.com, GET: allowed', exact: true })).toBeVisible()
  await main.getByRole('gridcell', { name: 'null, GET: blocked at the CORS check', exact: true }).click()
  await expect(main.getByRole('list', { name: 'Engines' })).toContainText('seen: blocked at the CORS check')

  await main.getByRole('textbox', { name: 'Page origins' }).fill(Array.from({ length: 300 }, (_, n) => `https://p${n}.example`).join('\n'))
  await main.getByRole('button', { name: 'Ask for real…' }).click()
  await page.getByRole('menuitem', { name: 'Prove 300 cells in browsers' }).click()
  await expect(main.getByRole('progressbar', { name: 'Sweep' })).toBeVisible()
  await main.getByRole('button', { name: 'Stop' }).click()
  await expect(main.getByRole('status')).toHaveText(/^\d+ of 300 asked, stopped$/)
})
