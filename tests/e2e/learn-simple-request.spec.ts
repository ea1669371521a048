import { test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('a simple request: what is sent at once, what its answer must say, and that the browser alone enforces it', async ({ lab }) => {
  // Three pages in a real browser, one after the other.
  test.slow()
  const does = classroom(lab.page)
  await does.open('A simple request')
  await does.notTicked('at-once', 'asked-first')
  await does.press('kinds', 'Send six requests')
  await does.ticked('at-once', 'asked-first')

  await does.step('The headers of the answer')
  await does.press('orders', 'Read the orders')
  await does.ticked('agree', 'hidden')
  await does.notTicked('exposed')
  const exposed = does.bench.getByRole('textbox', { name: 'Add to exposed headers' })
  await exposed.fill('X-Total')
  await exposed.press('Enter')
  await does.press('orders', 'Read the orders')
  await does.ticked('exposed')

  await does.step('Who enforces it')
  await does.notTicked('blocked', 'no-browser')
  await does.whoMayRead('Nobody')
  await does.press('orders', 'Read the orders')
  await does.ticked('blocked')
  await does.notTicked('no-browser')
  await does.bench.getByRole('button', { name: 'Run it' }).click()
  await does.ticked('no-browser')
})
