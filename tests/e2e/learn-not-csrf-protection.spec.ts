import type { Page } from '@playwright/test'
import { engines } from '#node/verifiers/engine'
import { howToGet } from '#node/verifiers/how-to-get'
import { expect, test } from './fixtures.ts'
import { classroom } from './support/classroom.ts'
import { proving } from './support/proving.ts'

test.use({ browsers: 'all' })

const title = 'CORS is not CSRF protection: a form arrives, JSON asks first, SameSite holds for other sites, and 403 for all'

test(`${title}; each page in a browser`, ({ lab }) => wholeLesson(lab.page, 'browser'))

test.describe('on a machine without any browser', () => {
  test.use({ browsers: 'none' })
  test(`${title}; each page in a window`, async ({ lab, host }) => {
    test.skip(host === 'electron-double', 'Electron is a browser itself')
    await wholeLesson(lab.page, 'window')
    await expect(lab.page.getByRole('main')).toContainText('The lab has no browser to drive: none was found')

    await lab.page.getByRole('button', { name: /Browsers for proofs/ }).click()
    const { list } = proving(lab.page)
    await expect(list).toContainText('None found. The lab still predicts and runs')
    for (const engine of engines)
      await expect(list.getByRole('list', { name: 'Not found' })).toContainText(howToGet(engine, process.platform))
  })
})

async function wholeLesson(page: Page, pagesIn: 'browser' | 'window') {
  // Six pages in a real browser, one after the other.
  test.slow()
  const does = classroom(page, pagesIn)
  const { bench } = does
  await does.open('CORS is not CSRF protection')
  await does.press('form', 'Open the page with the form')
  await does.ticked('arrived', 'unreadable')

  await does.step('JSON forces a preflight')
  await does.press('json', 'Open the page with the JSON')
  await does.ticked('stopped')
  await does.press('plain', 'Open the page with the text')
  await does.ticked('plain')
  await does.notTicked('given-away')
  await does.whoMayRead('Whoever asks')
  await does.press('json', 'Open the page with the JSON')
  await does.ticked('given-away')

  await does.step('SameSite')
  await does.notTicked('stays')
  await does.press('stranger', 'Open the page of another site')
  await does.ticked('stays')

  await does.step('What does protect')
  await does.whoMayRead('These origins')
  await bench.getByRole('textbox', { name: 'Add an origin' }).fill(await does.originOf('app'))
  await bench.getByRole('radiogroup', { name: 'What a refused origin gets' }).getByRole('radio', { name: '403' }).click()
  await does.press('form', 'Open the page with the form')
  await does.ticked('refused')
  await does.notTicked('own')
  await does.press('app', 'Open the bank’s page')
  await does.ticked('own')
  await expect(does.lesson('CORS is not CSRF protection')).toContainText('done')
}
