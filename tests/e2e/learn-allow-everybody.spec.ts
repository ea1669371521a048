import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('workshop 1: a page reads, is kept from reading while the server goes on, and reads again', async ({ lab }) => {
  const does = classroom(lab.page)
  await does.open('Workshop 1: allow everybody')
  await does.press('client', 'Press the button')
  await does.ticked('read')
  await does.step('Switch it off')
  await does.notTicked('blocked')
  await does.whoMayRead('Nobody')
  await does.press('client', 'Press the button')
  await does.ticked('blocked', 'ran')
  await does.step('Without a browser')
  await does.bench.getByRole('button', { name: 'Run it' }).click()
  await does.ticked('sent')
  await does.whoMayRead('Anybody')
  await does.press('client', 'Press the button')
  await does.ticked('again')
  await expect(does.lesson('Workshop 1: allow everybody')).toContainText('done')
})
