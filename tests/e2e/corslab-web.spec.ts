import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './fixtures.ts'

test.beforeEach(({ host }) => test.skip(host !== 'web', 'Only the web host has a port and a token'))

test('without the token the page does not even try the bridge; another tab with it does', async ({ lab, context }) => {
  const bridges: string[] = []
  const stranger = await context.newPage()
  stranger.on('websocket', (socket) => bridges.push(socket.url()))
  await stranger.goto(new URL('/', lab.url).href)
  await expect(stranger.getByRole('main')).toBeVisible()
  expect(bridges).toEqual([])
  await stranger.goto('about:blank')
  await stranger.goto(lab.url)
  await expect.poll(() => bridges).toHaveLength(1)
})

test('a page of another origin can neither read the lab’s page nor open its bridge, even knowing the token', async ({ lab, context }) => {
  const attacker = await context.newPage()
  await attacker.route('http://attacker.example/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Attack</title>' }))
  await attacker.goto('http://attacker.example/')
  const url = new URL(lab.url)
  const outcome = await attacker.evaluate(
    async ({ page, bridge }) => {
      const read = await fetch(page).then(
        () => 'read',
        () => 'refused',
      )
      const opened = await new Promise((resolve) => {
        const socket = new WebSocket(bridge)
        socket.onopen = () => resolve('opened')
        socket.onerror = () => resolve('refused')
      })
      return { read, opened }
    },
    { page: `${url.origin}/`, bridge: `ws://${url.host}/bridge?token=${new URLSearchParams(url.hash.slice(1)).get('token') ?? ''}` },
  )
  expect(outcome).toEqual({ read: 'refused', opened: 'refused' })
})

test('started again on the same data folder, it points to the host that runs', async ({ lab }) => {
  const main = resolve(import.meta.dirname, '../../node/cli/main.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'web', '--no-open', '--data', lab.dataFolder])
  expect(stdout).toBe(`The lab is at work on this data folder already, at ${lab.url}\n`)
})
