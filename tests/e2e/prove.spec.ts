import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isQuick, sampled } from '../support/quick.ts'
import { expect, test } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { findChromium } from './support/find-chromium.ts'
import { freePort } from './support/free-port.ts'
import { engines, preflightedPut, proving } from './support/proving.ts'

test.use({ browsers: 'all' })

// Real browsers start here, beside the one that shows the lab.
test.describe.configure({ timeout: 120_000 })

// tests/browsers has the other engines, too.
for (const engine of sampled(engines, 3))
  test(`in ${engine}: what was predicted becomes what was observed`, async ({ lab }) => {
    const { page } = lab
    const { verdict, exchange, evidence, ...does } = bench(page)
    const { takePart, cell } = proving(page)
    test.skip((await takePart(engine)).length === 0, `${engine} was not found on this machine`)
    await preflightedPut(page)
    await expect(cell(engine)).toContainText('predicted')

    await page.getByRole('button', { name: 'Prove in 1 browser' }).click()
    await expect(cell(engine)).toContainText('observed', { timeout: 30_000 })
    await expect(cell(engine)).toContainText('Allowed')
    await expect(verdict.getByRole('button', { name: /Fetch Standard/ })).toContainText('predicted')
    await expect(exchange.getByRole('button', { name: /^needs a preflight/ })).toHaveAccessibleName(
      new RegExp(`${engine} needed, observed`),
    )
    await expect(exchange.getByRole('alert')).toHaveCount(0)
    await does.show('Script sees')
    await expect(evidence).toContainText(new RegExp(`read by a real script in ${engine === 'WebKit' ? 'WebKitGTK' : engine}`))

    // The policy forgets the header: the proof is old, and the next one sees what the console really prints.
    await does.openServer('API')
    await page.getByRole('group', { name: 'Request headers' }).getByRole('button', { name: 'Remove x-api-key' }).click()
    await does.openRequest('Request')
    await expect(cell(engine)).toContainText('predicted')
    await page.getByRole('button', { name: 'Prove in 1 browser' }).click()
    await expect(cell(engine)).toContainText('observed', { timeout: 30_000 })
    await expect(cell(engine)).toContainText('Blocked')
    await does.show('Console')
    const message = evidence.getByRole('region', { name: new RegExp(`^${engine}`) })
    await expect(message).toContainText(/x-api-key/i)
    if (engine !== 'WebKit') await expect(message).toContainText('printed')
  })

test('a browser that does otherwise than predicted: said loudly, with the first difference, and saved as a report', async ({ lab }) => {
  const { page } = lab
  const { exchange, ...does } = bench(page)
  const { takePart, cell } = proving(page)
  test.skip((await takePart('Chromium')).length === 0, 'Chromium was not found on this machine')
  await preflightedPut(page)
  await expect(page.getByRole('contentinfo')).toContainText('Saved')

  // Another window changes the policy of the server that runs; this one goes on predicting by what it knows.
  const other = await lab.openAnother()
  await bench(other).openServer('API')
  await other.getByRole('group', { name: 'Request headers' }).getByRole('button', { name: 'Remove x-api-key' }).click()
  await expect(other.getByRole('contentinfo')).toContainText('Saved')

  await page.getByRole('button', { name: 'Prove in 1 browser' }).click()
  const banner = exchange.getByRole('alert')
  await expect(banner).toContainText(/Chromium \d+ did not do what was predicted/, { timeout: 30_000 })
  await expect(banner).toContainText(/Exchange 2, the request itself: predicted PUT http:\/\/localhost:\d+\/orders\/17, observed nothing/)
  await expect(cell('Chromium')).toContainText('predicted: Allowed')
  await expect(exchange.getByRole('button', { name: /^preflight passes/ })).toHaveAccessibleName(/otherwise than predicted, blocked/)

  const [download] = await Promise.all([page.waitForEvent('download'), banner.getByRole('button', { name: 'Save as a report' }).click()])
  expect(download.suggestedFilename()).toMatch(/^cors-lab-chromium-[\d.]+-\d{4}-\d\d-\d\d\.json$/)
  const report = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, unknown>
  expect(report).toMatchObject({
    browser: { engine: 'chromium' },
    scenario: { request: { method: 'PUT' } },
    agreement: { agrees: 'no', difference: { exchange: 1, field: 'exchange', observed: null } },
    prediction: { outcome: 'cors', profile: 'chromium' },
    observation: { outcome: 'network-error' },
  })

  // An edit makes the proof old.
  await page.getByRole('textbox', { name: 'Method' }).fill('POST')
  await expect(banner).toHaveCount(0)
  await does.show('Why')
})

test('by keyboard alone: a stopped server is started, the proof is stopped, and started again', async ({ lab, host }) => {
  const { page } = lab
  const { main, exchange } = bench(page)
  const { takePart, cell } = proving(page)
  test.skip((await takePart('Chromium')).length === 0, 'Chromium was not found on this machine')
  const port = await freePort()
  await bench(page).newServer(port)
  await page.keyboard.press(host === 'electron-double' ? 'Control+n' : 'Alt+n')
  await main.getByRole('textbox', { name: 'URL' }).fill(`http://localhost:${port}/`)

  await page.keyboard.press('Control+Shift+Enter')
  const held = exchange.getByRole('alert')
  await expect(held).toContainText('does not run')
  await page.keyboard.press('Escape')
  await expect(held).toHaveCount(0)

  await page.keyboard.press('Control+Shift+Enter')
  await held.getByRole('button', { name: 'Start and prove' }).press('Enter')
  await expect(cell('Chromium')).toContainText('Asking the browser')
  await page.keyboard.press('Escape')
  await expect(cell('Chromium')).toContainText('not proved')
  await page.getByRole('tab', { name: 'Console' }).press('Enter')
  await expect(page.getByRole('tabpanel', { name: 'Console' })).toContainText('The proof was stopped.')

  await page.keyboard.press('Control+Shift+Enter')
  await expect(cell('Chromium')).toContainText('observed', { timeout: 30_000 })
})

test('a path that leads to no browser: says so, and the others stay', async ({ lab }) => {
  const { page } = lab
  const { list } = proving(page)
  await page.getByRole('button', { name: /Browsers for proofs/ }).click()
  await list.getByRole('textbox', { name: 'A browser elsewhere' }).fill('/no/such/browser')
  await page.keyboard.press('Enter')
  await expect(list.getByRole('alert')).toContainText('/no/such/browser cannot be used as a browser.')
})

test('a browser that fails: says why, is tried again, and is left out', async ({ lab }) => {
  test.skip(process.platform === 'win32', 'The browser that fails is a shell script')
  test.skip(isQuick, 'It starts a browser four times')
  const { page } = lab
  const { verdict, evidence, ...does } = bench(page)
  const { list, cell, takePart } = proving(page)
  const chromium = findChromium()
  test.skip(chromium === undefined, 'Chromium was not found on this machine')
  // One that says what it is, and does not start while there is such a file.
  const [program, broken] = [join(lab.dataFolder, 'moody'), join(lab.dataFolder, 'broken')]
  const script = `#!/bin/sh\n[ "$1" = --version ] && exec echo 'Brave Browser 1.2.3'\n[ -e '${broken}' ] && exit 1\nexec '${chromium}' "$@"\n`
  await writeFile(program, script, { mode: 0o755 })
  await writeFile(broken, '')
  await takePart()
  await page.getByRole('button', { name: /Browsers for proofs/ }).click()
  await list.getByRole('textbox', { name: 'A browser elsewhere' }).fill(program)
  await page.keyboard.press('Enter')
  await expect(list.getByRole('switch', { name: 'Brave takes part in proofs' })).toBeChecked()
  await page.keyboard.press('Escape')
  await preflightedPut(page)

  await page.getByRole('button', { name: 'Prove in 1 browser' }).click()
  await does.show('Console')
  const failed = evidence.getByText('Brave did not run the scenario.')
  await expect(failed).toBeVisible({ timeout: 30_000 })
  await expect(cell('Chromium')).toContainText('not proved')
  await evidence.getByRole('button', { name: 'Try again' }).click()
  await expect(failed).toBeHidden()
  await expect(failed).toBeVisible({ timeout: 30_000 })

  await rm(broken)
  await evidence.getByRole('button', { name: 'Try again' }).click()
  await expect(verdict.getByRole('button', { name: /Brave 1\.2 Allowed observed/ })).toBeVisible({ timeout: 30_000 })
  await expect(evidence.getByRole('button', { name: 'Try again' })).toHaveCount(0)

  // It cannot be relied upon, says its user.
  await page.getByRole('button', { name: 'More for Chromium' }).click()
  await page.getByRole('menuitem', { name: /^Leave Brave [\d.]+ out of proofs$/ }).click()
  await expect(cell('Chromium')).toContainText('predicted')
  await page.getByRole('button', { name: /Browsers for proofs/ }).click()
  await expect(list.getByRole('switch', { name: 'Brave takes part in proofs' })).not.toBeChecked()
})
