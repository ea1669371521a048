import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { rudeServer } from './support/rude-server.ts'

test('a port that will not do: says why, and the other servers go on', async ({ lab }) => {
  const { main, workspace, ...does } = bench(lab.page)
  const running = workspace.getByRole('button', { name: /^running/ })
  const start = main.getByRole('button', { name: 'Start', exact: true })

  await test.step('taken: offers a free one', async () => {
    const taken = await rudeServer((socket) => socket.end())
    await does.newServer(await freePort())
    await does.startServer()
    await does.newServer(taken.port)
    await start.click()
    await expect(main).toContainText(`Port ${taken.port} is taken`)
    await main.getByRole('button', { name: /^Use \d+/ }).click()
    await expect(main.getByText('Running')).toBeVisible()
    await expect(running).toHaveCount(2)
    taken.close()
  })

  await test.step('70000: what was typed stays to be mended', async () => {
    await does.newServer(70_000)
    await expect(main).toContainText('Ports are whole numbers from 1 to 65535')
    await expect(main.getByRole('textbox', { name: 'Port', exact: true })).toHaveValue('70000')
  })

  await test.step('80: opens where this user may', async () => {
    await does.newServer(80)
    await start.click()
    await expect(main.getByText(/^Running$|Port 80 may not be opened|Port 80 is taken/).first()).toBeVisible()
  })

  await test.step('0 is any free one', async () => {
    const before = await running.count()
    await does.newServer(0)
    await does.startServer()
    await expect(running).toHaveCount(before + 1)
    await expect(running.last()).toHaveText(/:[1-9]\d{3,4}/)
  })
})

test('a request that cannot be made: not sent, and why', async ({ lab }) => {
  const { page } = lab
  const { main, verdict, ...does } = bench(page)
  for (const [what, method, url, headers, said] of [
    ['a URL that does not parse', 'GET', 'http://[', [], /URL/],
    ['a method that is no token', 'BAD METHOD', 'http://localhost:4001/', [], /method/i],
    ['a header name with a space', 'GET', 'http://localhost:4001/', [['Bad Name', 'x']], /Bad Name/],
  ] as const)
    await test.step(what, async () => {
      await does.newRequest(
        method,
        url,
        headers.map(([name, value]) => [name, value]),
      )
      await expect(verdict).toContainText(/not sent/i)
      await expect(main).toContainText(said)
    })

  await test.step('an origin with a path: offers the origin', async () => {
    await page.getByRole('button', { name: /^You are/ }).click()
    await page.getByRole('combobox', { name: 'Page origin' }).fill('https://app.example.com/cart')
    await expect(page.getByRole('dialog')).toContainText('path')
    await page.getByRole('button', { name: 'Use https://app.example.com', exact: true }).click()
    await page.getByRole('combobox', { name: 'Page origin' }).press('Enter')
    await expect(page.getByRole('button', { name: /^You are https:\/\/app\.example\.com/ })).toBeVisible()
  })
})

test('a server that misbehaves: says how, and shows what arrived', async ({ lab }) => {
  const { main, verdict, evidence, ...does } = bench(lab.page)

  await test.step('closes half-way', async () => {
    const server = await rudeServer((socket) => socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Le'))
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await expect(verdict).not.toContainText(/prediction|running/i)
    await does.show('Raw')
    await expect(evidence).toContainText('Content-Le')
    await expect(evidence).toContainText(/closed/i)
    server.close()
  })

  await test.step('answers with garbage', async () => {
    const server = await rudeServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    await does.newRequest('GET', `http://localhost:${server.port}/`)
    await does.run()
    await does.show('Raw')
    await expect(evidence).toContainText('SSH-2.0-OpenSSH_9.2')
    server.close()
  })

  await test.step('never answers: Escape cancels, and the request is as it was', async () => {
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

  await test.step('sends 50 MB: the body is cut for display, and its size said', async () => {
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
