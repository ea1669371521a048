import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('workshop 2: one of two names reads, then both, and Vary tells a cache apart whom it has answered', async ({ lab }) => {
  const does = classroom(lab.page)
  await does.open('Workshop 2: allow one origin')
  await does.notTicked('allowed', 'refused')
  await does.press('address', 'Press the button')
  await does.ticked('allowed')
  await does.notTicked('refused')
  await does.press('name', 'Press the button')
  await does.ticked('refused')
  await expect(does.bench.getByRole('table', { name: 'The two origins compared' }).getByRole('cell', { name: 'different' })).toHaveCount(1)

  await does.step('Fix it for both')
  const allowed = await does.bench.getByRole('textbox', { name: 'Origin 1' }).inputValue()
  await does.bench.getByRole('textbox', { name: 'Add an origin' }).fill(allowed.replace('127.0.0.1', 'localhost'))
  await does.press('address', 'Press the button')
  await does.notTicked('both')
  await does.press('name', 'Press the button')
  await does.ticked('both')

  await does.step('Tell the caches')
  await does.press('twice', 'Press the button')
  await does.ticked('kept')
  await does.notTicked('vary')
  await does.bench.getByRole('checkbox', { name: 'Origin', exact: true }).check()
  await does.press('twice', 'Press the button')
  await does.ticked('vary')
  await expect(does.bench.getByRole('region', { name: 'The same server elsewhere' })).toContainText(`cors({ origin: ['${allowed}'] })`)
  await expect(does.lesson('Workshop 2: allow one origin')).toContainText('done')
})
