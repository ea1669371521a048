import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { rudeServer } from './support/rude-server.ts'

test.describe('a port that will not do', () => {
  test('taken: says which, offers a free one, and the other servers go on', async ({ lab }) => {
    const { main, workspace, ...does } = bench(lab.page)
    const taken = await rudeServer((socket) => socket.end())
    await does.newServer(await freePort())
    await does.startServer()
    await does.newServer(taken.port)
    await main.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(main).toContainText(`Port ${taken.port} is taken`)
    const offer = main.getByRole('button', { name: /^Use \d+/ })
    await offer.click()
    await expect(main.getByText('Running')).toBeVisible()
    await expect(workspace.getByRole('button', { name: /^running/ })).toHaveCount(2)
    taken.close()
  })

  test('0 is any free one', async ({ lab }) => {
    const { workspace, ...does } = bench(lab.page)
    await does.newServer(0)
    await does.startServer()
    await expect(workspace.getByRole('button', { name: /^running .*:[1-9]\d{3,4}/ })).toBeVisible()
  })

  test('70000: says what a port is, and what was typed stays to be mended', async ({ lab }) => {
    const { main, ...does } = bench(lab.page)
    await does.newServer(70_000)
    await expect(main).toContainText('Ports are whole numbers from 1 to 65535')
    await expect(main.getByRole('textbox', { name: 'Port', exact: true })).toHaveValue('70000')
  })

  test('80: opens where this user may, and otherwise says why not', async ({ lab }) => {
    const { main, ...does } = bench(lab.page)
    await does.newServer(80)
    await main.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(main.getByText(/^Running$|Port 80 may not be opened|Port 80 is taken/).first()).toBeVisible()
  })
})

test.describe('a request that cannot be made', () => {
  for (const [what, method, url, headers, said] of [
    ['a URL that does not parse', 'GET', 'http://[', [], /URL/],
    ['a method that is no token', 'BAD METHOD', 'http://localhost:4001/', [], /method/i],
    ['a header name with a space', 'GET', 'http://localhost:4001/', [['Bad Name', 'x']], /Bad Name/],
  ] as const)
    test(`${what}: not sent, and why`, async ({ lab }) => {
      const { main, verdict, ...does } = bench(lab.page)
      await does.newRequest(
        method,
        url,
        headers.map(([name, value]) => [name, value]),
      )
      await expect(verdict).toContainText(/not sent/i)
      await expect(main).toContainText(said)
    })

  test('an origin with a path: says so, and offers the origin', async ({ lab }) => {
    const { page } = lab
    await page.getByRole('button', { name: /^You are/ }).click()
    await page.getByRole('combobox', { name: 'Page origin' }).fill('https://app.example.com/cart')
    await expect(page.getByRole('dialog')).toContainText('path')
    await page.getByRole('button', { name: 'Use https://app.example.com', exact: true }).click()
    await page.getByRole('combobox', { name: 'Page origin' }).press('Enter')
    await expect(page.getByRole('button', { name: /^You are https:\/\/app\.example\.com/ })).toBeVisible()
  })
})

test.describe('a server that misbehaves', () => {
  test('closes half-way: says what arrived', async ({ lab }) => {
    const { verdict, evidence, ...does } = bench(lab.page)
    const server = await rudeServer((socket) => socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Le'))
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await expect(verdict).not.toContainText(/prediction|running/i)
    await does.show('Raw')
    await expect(evidence).toContainText('Content-Le')
    await expect(evidence).toContainText(/closed/i)
    server.close()
  })

  test('answers with garbage: says so and shows it', async ({ lab }) => {
    const { evidence, ...does } = bench(lab.page)
    const server = await rudeServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await does.show('Raw')
    await expect(evidence).toContainText('SSH-2.0-OpenSSH_9.2')
    server.close()
  })

  test('never answers: Escape cancels, and the request is as it was', async ({ lab }) => {
    const { main, verdict, ...does } = bench(lab.page)
    const server = await rudeServer(() => undefined)
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await expect(main.getByRole('button', { name: /Cancel|Stop/ })).toBeVisible()
    await lab.page.keyboard.press('Escape')
    await expect(main.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
    await expect(verdict).toContainText(/cancelled|prediction/i)
    await expect(main.getByRole('textbox', { name: 'URL' })).toHaveValue(`http://localhost:${server.port}/`)
    server.close()
  })

  test('sends 50 MB: the body is cut for display, and its size said', async ({ lab }) => {
    const { verdict, evidence, ...does } = bench(lab.page)
    const size = 50 * 1024 * 1024
    const server = await rudeServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/plain\r\nContent-Length: ${size}\r\n\r\n`)
      socket.end(Buffer.alloc(size, 'x'))
    })
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await expect(verdict).toContainText('Allowed')
    await does.show('Raw')
    await expect(evidence).toContainText('52.4 MB')
    await expect(evidence).toContainText(/first 1\.0 MB; 51\.4 MB more/)
    server.close()
  })
})
