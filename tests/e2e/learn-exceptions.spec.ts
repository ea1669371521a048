import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'

test.use({ browsers: 'all' })

test('the exceptions: a server’s word, a script that owns the page, and messages that say where they are from', async ({ lab }) => {
  // Each page stays open in its browser for as long as its script may need.
  test.slow()
  const does = classroom(lab.page)
  await does.open('The exceptions')
  await does.press('cors', 'Read the notes')
  await does.ticked('blocked')
  await does.notTicked('read')
  await does.whoMayRead('Anybody')
  await does.press('cors', 'Read the notes')
  await does.ticked('read')

  await does.step('JSONP')
  await does.notTicked('jsonp', 'stolen', 'owned')
  await does.press('jsonp', 'Read the notes by JSONP')
  await does.ticked('jsonp')
  await does.notTicked('stolen')
  await does.press('bank', 'Show the weather')
  await does.ticked('stolen', 'owned')

  await does.step('Messages')
  await does.notTicked('unchecked', 'checked')
  await does.press('unchecked', 'Listen without a check')
  await does.ticked('unchecked')
  await does.notTicked('checked')
  await does.press('checked', 'Listen with a check')
  await does.ticked('checked')
  await expect(does.lesson('The exceptions')).toContainText('done')
})
