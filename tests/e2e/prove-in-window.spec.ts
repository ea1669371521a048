import { startDisplay, type Display } from '#node/verifiers/display'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { exists, showingOn, type Window } from './support/windows.ts'
import { engines, preflightedPut, proving } from './support/proving.ts'

test.use({ browsers: 'all' })

/** A screen that nobody sees: the windows that the lab opens come up there. */
let screen: Display | null = null
const before = process.env['DISPLAY']

// Before the lab starts, which takes the screen from its environment.
test.beforeEach(async () => {
  screen = await startDisplay().catch(() => null)
  test.skip(screen === null, 'There is no Xvfb here for windows to come up on')
  process.env['DISPLAY'] = screen?.name
})
test.afterEach(async () => {
  if (before === undefined) delete process.env['DISPLAY']
  else process.env['DISPLAY'] = before
  await screen?.close()
})
test.describe.configure({ timeout: 120_000 })

/** What a browser is told that is to show its developer tools, or to have them at hand; and none of the processes that it starts. */
const withTools = { Chromium: '--auto-open-devtools-for-tabs', Firefox: '--devtools', WebKit: '--enable-developer-extras=true' }

for (const engine of engines)
  test(`in a window of ${engine}: it does the same before one’s eyes, and leaves nothing behind`, async ({ lab }) => {
    const display = screen?.name ?? ''
    test.skip(process.platform !== 'linux', 'Whose window it is, is read from /proc')
    const { page } = lab
    const { evidence, ...does } = bench(page)
    const { takePart } = proving(page)
    test.skip((await takePart(engine)).length === 0, `${engine} was not found on this machine`)
    await preflightedPut(page)
    const here = async () => (await showingOn(display)).filter(({ command }) => command.includes(withTools[engine]))
    const open = async () => {
      await page.getByRole('button', { name: `More for ${engine}` }).click()
      await page.getByRole('menuitem', { name: /^Open in a (?!Electron).* window$/ }).click()
      let window: Window | undefined
      await expect.poll(async () => ([window] = await here()).length, { timeout: 30_000 }).toBe(1)
      if (window === undefined) throw new Error('There is no window')
      return window
    }

    const window = await open()
    await does.show('Server log')
    const log = evidence.getByRole('table', { name: 'Log of API' })
    await expect(log.getByRole('row', { name: /PUT .*app\.example\.com/ })).toBeVisible({ timeout: 60_000 })
    await expect(log.getByRole('row', { name: /OPTIONS/ })).toBeVisible()
    expect(window.command).not.toContain('headless')
    expect(await exists(window.folder)).toBe(true)

    // Its user closes it: with it goes what it had on the disk.
    process.kill(window.pid, 'SIGTERM')
    await expect.poll(here, { timeout: 20_000 }).toEqual([])
    await expect.poll(() => exists(window.folder), { timeout: 20_000 }).toBe(false)

    // The lab ends: no window outlives it.
    const { folder } = await open()
    await lab.page.close()
    await lab.stop()
    await expect.poll(() => showingOn(display), { timeout: 20_000 }).toEqual([])
    await expect.poll(() => exists(folder), { timeout: 20_000 }).toBe(false)
  })
