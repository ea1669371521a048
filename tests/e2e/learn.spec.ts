import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('what is an origin: each pair predicted before it is shown, and the progress is there after a restart', async ({ lab }) => {
  const { main, ...does } = classroom(lab.page)
  await does.open('What is an origin?')
  await expect(main.getByRole('table', { name: 'The two origins compared' })).toHaveCount(0)

  await does.step('Three parts')
  const classics = { path: 'Same', 'default-port': 'Same', www: 'Cross', scheme: 'Cross', port: 'Same', domain: 'Cross' } as const
  for (const [pair, said] of Object.entries(classics)) await does.predict(pair, said)
  await does.ticked('classics', 'five-right')
  const table = main.locator('[data-pair=www]').getByRole('table')
  await expect(table.getByRole('cell', { name: 'different' })).toHaveCount(1)
  await expect(main.locator('[data-pair=port]')).toContainText('It is not so.')
  await expect(main.locator('[data-pair=path]')).toContainText('Same origin. Scheme, host and port are the same')

  await does.step('Two names, one machine')
  for (const pair of ['loopback', 'case', 'dot', 'ipv6', 'idn']) await does.predict(pair, 'Cross')
  await does.ticked('traps')

  await does.step('The origin that is none')
  for (const pair of ['sandbox', 'data', 'file']) await does.predict(pair, 'Cross')
  await does.ticked('opaque')
  await does.notTicked('own')
  await main.getByRole('textbox', { name: 'Another URL' }).fill('http://localhost:5000/')
  await does.ticked('own')
  await expect(does.lesson('What is an origin?')).toContainText('done')

  await expect.poll(() => readFile(join(lab.dataFolder, 'learn.json'), 'utf8').catch(() => '')).toContain('"own"')
  await lab.page.close()
  await lab.stop()
  await lab.start()
  const again = classroom(await lab.openAnother())
  await expect(again.lesson('What is an origin?')).toContainText('done')
  await again.open('What is an origin?')
  await again.ticked('classics', 'five-right')
  await again.reset()
  await again.notTicked('classics')
  await expect(again.lesson('What is an origin?')).not.toContainText('done')
})
