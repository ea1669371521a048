import { readFile } from 'node:fs/promises'
import { connect } from 'node:tls'
import { once } from 'node:events'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'

const origin = 'http://localhost:5173'
const preflight = {
  method: 'OPTIONS',
  headers: { Origin: origin, 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'content-type' },
}

test('a route is made, answers on the wire, and has a policy of its own', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins(origin)
  await does.startServer()

  const routes = main.getByRole('region', { name: 'Routes' })
  await routes.getByRole('button', { name: 'Route', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'New route' })
  await dialog.getByRole('textbox', { name: 'Path of the route' }).fill('items')
  await expect(dialog).toContainText('A path begins with a slash')
  await expect(dialog.getByRole('button', { name: 'Add route' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Method of the route' }).fill('*')
  await dialog.getByRole('textbox', { name: 'Path of the route' }).fill('/items/:id')
  await dialog.getByRole('textbox', { name: 'Status', exact: true }).fill('201')
  await dialog.getByRole('textbox', { name: 'Headers' }).fill('X-Total-Count: 2')
  await dialog.getByRole('textbox', { name: 'Set-Cookie' }).fill('session=1; Path=/')
  await dialog.getByRole('switch', { name: 'Needs credentials' }).click()
  await dialog.getByRole('button', { name: 'Add route' }).click()
  await expect(dialog).toBeHidden()
  await expect(routes.getByRole('row', { name: /Any \/items\/:id/ })).toContainText('201 json')

  const url = `http://localhost:${port}/items/7`
  await expect.poll(async () => (await fetch(url)).status).toBe(401)
  const answer = await fetch(url, { headers: { Cookie: 'session=1', Origin: origin } })
  expect(answer.status).toBe(201)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-total-count': '2',
    'set-cookie': 'session=1; Path=/',
    'content-type': 'application/json',
    'access-control-allow-origin': origin,
  })
  expect(await answer.json()).toEqual({ ok: true })

  // A policy of its own, for that route alone.
  await routes.getByRole('row', { name: /Any \/items\/:id/ }).hover()
  await routes.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Give it a policy of its own' }).click()
  await main.getByRole('radiogroup', { name: 'Who may read' }).getByRole('radio', { name: 'Nobody' }).click()
  await expect
    .poll(async () => (await fetch(url, { headers: { Cookie: 'a=b', Origin: origin } })).headers.get('access-control-allow-origin'))
    .toBe(null)
  expect((await fetch(`http://localhost:${port}/`, { headers: { Origin: origin } })).headers.get('access-control-allow-origin')).toBe(
    origin,
  )
  await does.newRequest('GET', url)
  await does.pageOrigin(origin)
  await expect(verdict).toContainText('Prediction: blocked at the CORS check')
  await main.getByRole('textbox', { name: 'URL' }).fill(`http://localhost:${port}/`)
  await expect(verdict).toContainText('Prediction: allowed')
})

test('a fault is switched on by keyboard, seen on the wire and in the prediction, and off again', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, ...does } = bench(page)
  const port = await freePort()
  const url = `http://localhost:${port}/`
  await does.newServer(port)
  await does.allowOrigins(origin)
  await does.startServer()
  const status = async () => (await fetch(url, preflight)).status
  expect(await status()).toBe(204)

  const fault = main.getByRole('switch', { name: 'OPTIONS is not routed' })
  await fault.focus()
  await page.keyboard.press('Space')
  await expect(fault).toBeChecked()
  await expect(main.getByRole('region', { name: 'Faults' })).toContainText('1 on')
  await expect(main.getByRole('region', { name: 'Faults' })).toContainText('As done by:')
  await expect.poll(status).toBe(405)
  await main.getByRole('radiogroup', { name: 'Status of the router’s answer' }).getByRole('radio', { name: '404' }).click()
  await expect.poll(status).toBe(404)

  await does.newRequest('PUT', url)
  await does.pageOrigin(origin)
  await expect(verdict).toContainText('Prediction: blocked at the preflight')
  await does.openServer('API')
  await fault.click()
  await expect.poll(status).toBe(204)
  await does.openRequest('Request')
  await expect(verdict).toContainText('Prediction: allowed')
})

test('the log: filtered, paused, cleared; a row shows its bytes and becomes a request', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('https://app.example.com')
  await does.startServer()
  const url = `http://localhost:${port}`
  await fetch(`${url}/orders/17?a=b`, {
    method: 'PUT',
    headers: { Origin: 'https://app.example.com', 'Content-Type': 'application/json', 'X-Api-Key': 'k' },
    body: '{"n":1}',
  })
  await fetch(`${url}/elsewhere`)
  const log = main.getByRole('region', { name: 'Live log' })
  const rows = log.getByRole('button', { name: /^Bytes of/ })
  await expect(rows).toHaveCount(2)

  await log.getByRole('searchbox', { name: 'Filter the log' }).fill('orders')
  await expect(rows).toHaveCount(1)
  await expect(log).toContainText('1 of 2')
  await rows.first().click()
  const bytes = main.getByRole('region', { name: 'Bytes', exact: true })
  for (const line of ['PUT /orders/17?a=b HTTP/1.1', 'X-Api-Key: k', '{"n":1}', 'HTTP/1.1 200 OK']) await expect(bytes).toContainText(line)

  await bytes.getByRole('button', { name: 'Make a request of it' }).click()
  await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue(`${url}/orders/17?a=b`)
  await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('PUT')
  await expect(page.getByRole('button', { name: /^You are https:\/\/app\.example\.com/ })).toBeVisible()
  await expect(page.getByText('PUT /orders/17 is a request now.')).toBeVisible()
  await expect(verdict).toContainText('Prediction: blocked at the preflight')
  await expect(verdict).toContainText('x-api-key')

  await does.openServer('API')
  await log.getByRole('button', { name: 'Pause' }).click()
  await expect(log).toContainText('Paused')
  await fetch(`${url}/unseen`)
  await log.getByRole('button', { name: 'Resume' }).click()
  await expect(log).not.toContainText('Paused')
  await fetch(`${url}/seen`)
  await expect(rows).toHaveCount(3)
  await expect(log.getByRole('button', { name: /^Bytes of GET \/unseen/ })).toHaveCount(0)
  await log.getByRole('button', { name: 'Clear' }).click()
  await expect(log).toContainText('No exchange yet')
})

test('an https server: who is to trust it is told how, and it answers by the authority that is shown there, to the lab’s own runs, too', async ({
  lab,
}) => {
  const { page } = lab
  const { main, verdict, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await main.getByRole('radiogroup', { name: 'Scheme' }).getByRole('radio', { name: 'https' }).click()
  await does.allowOrigins(origin)
  await does.startServer()

  await main.getByRole('button', { name: 'Trust it in…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Trust the lab’s certificate' })
  await expect(dialog.getByRole('heading', { name: 'In Firefox' })).toBeVisible()
  const [file = ''] = (await dialog.getByRole('definition').first().innerText()).split(/\s*\n/)
  expect(file.startsWith(lab.dataFolder)).toBe(true)
  await expect(dialog.getByRole('button', { name: `Copy curl --cacert "${file}" https://localhost:${port}/` })).toBeVisible()
  const fingerprint = await dialog.getByRole('definition').nth(1).innerText()
  const ca = await readFile(file, 'utf8')
  const socket = connect({ port, host: 'localhost', servername: 'localhost', ca })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  expect(socket.getPeerCertificate(true).issuerCertificate.fingerprint256).toBe(fingerprint.trim())
  socket.destroy()
  await page.keyboard.press('Escape')

  await does.newRequest('GET', `https://localhost:${port}/`)
  await does.pageOrigin(origin)
  await expect(verdict).toContainText('Prediction: allowed')
  await does.run()
  await expect(verdict).not.toContainText('Prediction')
  await expect(verdict).toContainText('Allowed')
})

test('a server is reachable from the network only where its switch says so, and what that means', async ({ lab }) => {
  const { page } = lab
  const { main, ...does } = bench(page)
  await does.newServer(await freePort())
  await expect(main).not.toContainText('every machine that reaches this one')
  await does.startServer()
  const addresses = main.getByRole('list', { name: 'Addresses' })
  await expect(addresses).toContainText(/127\.0\.0\.1(?: and ::1)?/)

  await main.getByRole('button', { name: 'Change port' }).click()
  await main.getByRole('checkbox', { name: 'Reachable from the network' }).check()
  await expect(main).toContainText('every machine that reaches this one may ask it, and read the files its routes serve')
  await expect(main).toContainText('as before until the next start')
  await main.getByRole('button', { name: /^Restart on \d+/ }).click()
  await expect(main).not.toContainText('as before until the next start')
})
