import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('misconfigured: each mistake is attacked, fixed, and attacked again', async ({ lab }) => {
  // Sixteen pages in a real browser, one after the other.
  test.setTimeout(300_000)
  const does = classroom(lab.page)
  const { bench } = does
  const hostile = (id: string) => does.press(id, 'Open the hostile page')
  const own = () => does.press('app', 'Open the shop’s page')
  const takeOff = (origin: string) => bench.getByRole('button', { name: `Remove ${origin}`, exact: true }).click()
  await does.open('Misconfigured')

  await hostile('evil')
  await does.ticked('profile-stolen', 'cookie-sent')
  await expect(bench.locator('[data-page=evil]')).toContainText('"name":"Alice"')
  await hostile('stranger')
  await does.ticked('stranger')
  await expect(bench.locator('[data-page=stranger]')).not.toContainText('Alice"')

  await does.step('Fix it and attack again')
  await does.whoMayRead('These origins')
  await bench.getByRole('textbox', { name: 'Add an origin' }).fill(await does.originOf('app'))
  await hostile('evil')
  await does.ticked('profile-fixed')
  await does.notTicked('profile-kept')
  await own()
  await does.ticked('profile-kept')

  await does.step('A check that matches too much')
  await hostile('suffix')
  await hostile('prefix')
  await does.ticked('suffix-stolen', 'prefix-stolen')
  await does.notTicked('suffix-fixed', 'prefix-fixed')
  await takeOff(await does.originOf('suffix'))
  await takeOff(await does.originOf('prefix'))
  await hostile('suffix')
  await hostile('prefix')
  await does.ticked('suffix-fixed', 'prefix-fixed')
  await own()
  await does.ticked('check-kept')

  await does.step('The origin null')
  await hostile('null')
  await does.ticked('null-stolen')
  await does.notTicked('null-fixed')
  await takeOff('null')
  await hostile('null')
  await does.ticked('null-fixed')
  await own()
  await does.ticked('drafts-kept')

  await does.step('An insecure origin')
  await hostile('injected')
  await does.ticked('insecure-stolen')
  await does.notTicked('insecure-fixed')
  await takeOff(await does.originOf('injected'))
  await hostile('injected')
  await does.ticked('insecure-fixed')

  await does.step('The star inside the network')
  await hostile('inside')
  await does.ticked('inside-stolen')
  await does.notTicked('inside-fixed')
  await does.whoMayRead('Nobody')
  await hostile('inside')
  await does.ticked('inside-fixed')
  await expect(does.lesson('Misconfigured')).toContainText('done')
})

test.describe('on a machine without any browser', () => {
  test.use({ browsers: 'none' })
  test('misconfigured, in windows: with a visitor’s cookie, from a sandboxed frame, and where a certificate is in the way', async ({
    lab,
    host,
  }) => {
    test.skip(host === 'electron-double', 'Electron is a browser itself')
    test.slow()
    const does = classroom(lab.page, 'window')
    const hostile = (id: string) => does.press(id, 'Open the hostile page')
    await does.open('Misconfigured')
    await hostile('evil')
    await does.ticked('profile-stolen', 'cookie-sent')
    await expect(does.bench.locator('[data-page=evil]')).toContainText('"name":"Alice"')
    // A hostile page beside the lab, in the same browser: nothing leads from it to the lab.
    const found = await lab.page.context().pages().at(-1)?.evaluate(attackOn, new URL(lab.url).host)
    expect(found).toEqual({ opener: null, referrer: '', page: 'blocked', socket: 'closed' })
    await hostile('stranger')
    await does.ticked('stranger')

    await does.step('The origin null')
    await hostile('null')
    await does.ticked('null-stolen')

    await does.step('An insecure origin')
    // This one does not trust the lab's authority, and the card says what to do about it.
    const card = does.bench.locator('[data-page=injected]')
    await expect(card).toContainText('let the lab find a browser, or trust the authority')
    await hostile('injected')
    await expect(card).toContainText('injected: blocked')
    await does.notTicked('insecure-stolen')
  })
})

/** Runs in the hostile page. */
async function attackOn(host: string) {
  const page = await fetch(`http://${host}/`).then(
    () => 'read',
    () => 'blocked',
  )
  const socket = new WebSocket(`ws://${host}/`)
  const came = await new Promise<string>((resolve) => {
    socket.onmessage = () => resolve('told')
    socket.onclose = () => resolve('closed')
  })
  return { opener: window.opener as unknown, referrer: document.referrer, page, socket: came }
}
