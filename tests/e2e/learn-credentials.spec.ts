import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('credentials: a star is refused, half of the two headers is, and a preflight comes without a cookie', async ({ lab }) => {
  const does = classroom(lab.page)
  await does.open('Credentials')
  await does.press('client', 'Press the button')
  await does.ticked('anonymous', 'star')

  await does.step('Two headers, word for word')
  await does.notTicked('no-permission', 'star-and-true', 'both')
  const credentials = does.bench.getByRole('switch', { name: 'Allow credentials' })
  await does.whoMayRead('These origins')
  await does.bench.getByRole('textbox', { name: 'Add an origin' }).fill(await does.originOf('client'))
  await does.press('client', 'Press the button')
  await does.ticked('no-permission')
  await does.whoMayRead('Anybody')
  await credentials.click()
  await does.press('client', 'Press the button')
  await does.ticked('star-and-true')
  await does.notTicked('both')
  await does.whoMayRead('These origins')
  await does.press('client', 'Press the button')
  await does.ticked('both')

  await does.step('The preflight comes without')
  // What another page of the same origin saw is not this one's.
  await expect(does.bench.locator('[data-page=change]').getByRole('list')).toHaveCount(0)
  await does.press('change', 'Press the button')
  await does.ticked('star-method')
  await expect(does.bench.locator('[data-page=change]').getByRole('list')).toContainText('change: blocked')
  await does.notTicked('changed')
  // The lab reads the answers that the browser keeps from the page, and says what of them.
  await does.bench.getByRole('button', { name: 'Run it' }).click()
  await expect(does.bench.getByRole('region', { name: 'Request' }).getByRole('status')).toContainText('Blocked')
  await does.bench.getByRole('group', { name: 'Methods' }).getByRole('textbox', { name: 'Add to methods' }).fill('PUT')
  await does.bench.getByRole('group', { name: 'Methods' }).getByRole('textbox', { name: 'Add to methods' }).press('Enter')
  await does.press('change', 'Press the button')
  await does.ticked('changed')
  await expect(does.lesson('Credentials')).toContainText('done')
})
