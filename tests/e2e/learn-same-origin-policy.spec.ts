import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('the same-origin policy: every way to reach a server is sent, and none is readable from another origin', async ({ lab }) => {
  // Each page stays open in its browser for as long as its script may need.
  test.slow()
  const does = classroom(lab.page)
  await does.open('The same-origin policy')
  await does.press('own', 'Read from the same origin')
  await does.ticked('own')
  await does.notTicked('blocked', 'ran')
  await does.press('reader', 'Read from another origin')
  await does.ticked('blocked', 'ran')

  await does.step('Embedded, not read')
  await does.notTicked('embedded', 'closed')
  const way = (step: string) => does.bench.locator(`[data-way=${step}]`)
  await expect(way('image')).toContainText('not tried')
  await does.press('embedder', 'Embed everything')
  await does.ticked('embedded', 'closed')
  await expect(way('script')).toContainText('2 notes in a variable. Its text: empty')

  await does.step('To send is enough')
  await does.notTicked('form', 'no-cors', 'none-read')
  await does.press('sender', 'Send two notes')
  await does.ticked('form', 'no-cors', 'none-read')
  for (const step of ['fetch', 'image', 'style', 'script', 'frame', 'form', 'no-cors'])
    await expect(
      way(step)
        .getByRole('cell')
        .filter({ hasText: /^(yes|no)$/ }),
    ).toHaveText(['yes', 'no'])
  await expect(does.lesson('The same-origin policy')).toContainText('done')
})
