import { test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('the preflight: asked and answered, broken part by part, remembered, and forgotten with time', async ({ lab }) => {
  // Eight pages in a real browser, one after the other.
  test.slow()
  const does = classroom(lab.page)
  const add = async (list: string, name: string) => {
    const field = does.bench.getByRole('textbox', { name: `Add to ${list}` })
    await field.fill(name)
    await field.press('Enter')
  }
  const remove = (name: string) => does.bench.getByRole('button', { name: `Remove ${name}`, exact: true }).click()
  const press = () => does.press('once', 'Delete the order')

  await does.open('The preflight')
  await press()
  await does.ticked('asked', 'allowed', 'sent')

  await does.step('Break the answer')
  await does.notTicked('no-origin', 'no-method', 'no-header', 'no-status', 'mended')
  await does.whoMayRead('Nobody')
  await press()
  await does.ticked('no-origin')
  await does.whoMayRead('These origins')
  await remove('DELETE')
  await press()
  await does.ticked('no-method')
  await add('methods', 'DELETE')
  await remove('x-api-key')
  await press()
  await does.ticked('no-header')
  await add('request headers', 'x-api-key')
  const status = does.bench.getByRole('textbox', { name: 'Preflight status' })
  await status.fill('404')
  await press()
  await does.ticked('no-status')
  await does.notTicked('mended')
  await status.fill('204')
  await press()
  await does.ticked('mended')

  await does.step('Asked once')
  const maxAge = does.bench.getByRole('textbox', { name: 'Max-age in seconds' })
  await does.press('twice', 'Delete it twice')
  await does.ticked('once')
  await does.notTicked('each-time')
  await maxAge.fill('0')
  await does.press('twice', 'Delete it twice')
  await does.ticked('each-time')

  await does.step('Move the clock')
  await does.notTicked('none-asks', 'some-ask', 'all-ask')
  await maxAge.fill('86400')
  const clock = does.bench.getByRole('slider', { name: 'Seconds between the requests' })
  await clock.fill('300')
  await does.ticked('none-asks')
  await clock.fill('8000')
  await does.ticked('some-ask')
  await clock.fill('90000')
  await does.ticked('all-ask')
})
