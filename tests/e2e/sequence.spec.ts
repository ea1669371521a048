import type { Page } from '@playwright/test'
import { expect, test, type Lab } from './fixtures.ts'
import { bench } from './support/bench.ts'
import { freePort } from './support/free-port.ts'
import { tabTo } from './support/tab-to.ts'

/** A PUT and then a DELETE, of a page that a running server lets do both, and keeps its preflights for 600 s. */
async function putThenDelete({ page }: Lab): Promise<void> {
  const { main, ...does } = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins('http://app.example.com')
  await does.allow('methods', 'PUT', 'DELETE')
  await does.startServer()
  await does.newRequest('PUT', `http://localhost:${port}/orders/17`)
  await does.pageOrigin('http://app.example.com')
  await main.getByRole('button', { name: 'Then another' }).click()
  await main.getByRole('textbox', { name: 'Method' }).fill('DELETE')
}

function panel(page: Page) {
  const { evidence } = bench(page)
  return {
    evidence,
    says: evidence.getByRole('status'),
    entries: evidence.getByRole('table', { name: 'Entries of the CORS-preflight cache' }),
    requests: evidence.getByRole('table', { name: 'Which requests send OPTIONS' }),
    time: evidence.getByRole('textbox', { name: 'Time' }),
    slider: evidence.getByRole('slider', { name: 'Time since the first request' }),
    button: (name: string | RegExp) => evidence.getByRole('button', { name }),
  }
}

test('who sends OPTIONS is foretold as the clock moves, and the server’s log of a run agrees', async ({ lab }) => {
  const { page } = lab
  const { main, exchange, evidence, ...does } = bench(page)
  const { says, entries, requests, time, slider, button } = panel(page)
  await putThenDelete(lab)
  const wait = main.getByRole('textbox', { name: 'Wait before request 2' })
  const preflights = evidence.getByRole('row').filter({ has: page.getByText('OPTIONS', { exact: true }) })

  await does.show('Preflight cache')
  await expect(says).toHaveText('At 1 s: 3 entries are kept; 0 of 2 requests, sent then, would send OPTIONS.')
  await expect(entries.getByRole('row', { name: /method DELETE/ })).toContainText('599 s')
  await expect(entries.getByRole('row', { name: /method DELETE/ })).toContainText('from http://app.example.com, without credentials')
  await expect(entries.getByRole('row', { name: /method DELETE/ })).toContainText('The server says 600. Left by request 1.')
  const second = requests.getByRole('rowgroup').filter({ hasText: 'Request 2' })
  await expect(second.getByRole('row', { name: /^Made at 1 s not sent/ })).toContainText(
    'an earlier one is still in the CORS-preflight cache',
  )
  await expect(second.getByRole('link', { name: 'HTTP fetch 4.1' }).first()).toHaveAttribute('href', /fetch\.spec\.whatwg\.org/)

  // One preflight is foretold, and one comes.
  await does.run()
  await expect(exchange).toContainText('run at')
  await does.show('Server log')
  await expect(preflights).toHaveCount(1)

  // Once what is kept has expired, both would ask.
  await does.show('Preflight cache')
  await button('On to 600 s: what is kept expires').click()
  await expect(says).toHaveText('At 600 s: nothing is kept; 2 of 2 requests, sent then, would send OPTIONS.')
  await expect(evidence).toContainText('What was kept has expired.')
  await time.fill('599.9 s')
  await expect(says).toContainText('At 599.9 s: 3 entries are kept; 0 of 2')
  await slider.fill('12')
  await expect(says).toContainText('At 12 s: 3 entries are kept')
  await button('Clear the cache').click()
  await expect(says).toContainText('At 12 s: nothing is kept; 2 of 2')
  await button('Take back clearing at 12 s').click()
  await expect(says).toContainText('At 12 s: 3 entries are kept')

  // A wait that outlasts it: two are foretold. Nobody sits through it, which is said, and two come.
  await wait.fill('600 s')
  await button(/^On to 600 s: request 2/).click()
  await expect(second.getByRole('row', { name: /^Made at 600 s sent/ })).toContainText('has expired')
  await does.run()
  await expect(exchange).toContainText('run at')
  await expect(exchange).toContainText('the run did not wait: it moved the clock')
  await does.show('Server log')
  await expect(preflights).toHaveCount(3)
})

test('a policy that was tightened does not reach a browser until what it keeps expires, which is said with what to do', async ({ lab }) => {
  const { page } = lab
  const { main, ...does } = bench(page)
  const { evidence, says, entries, time, button } = panel(page)
  await putThenDelete(lab)
  await does.run()
  await expect(bench(page).exchange).toContainText('run at')
  const trap = evidence.getByRole('article', { name: 'The policy was changed, and the change does not show yet' })
  await does.show('Preflight cache')
  await expect(says).toBeVisible()
  await expect(trap).toBeHidden()

  await does.openServer('API')
  await main.getByRole('group', { name: 'Methods' }).getByRole('button', { name: 'Remove DELETE' }).click()
  await does.openRequest('Request')
  await expect(trap).toContainText(
    'For 599 s more, Chromium goes by what it keeps from before the change, and lets through request 2, DELETE /orders/17. Asked anew, it is blocked: the server does not allow DELETE.',
  )
  await expect(trap.getByRole('list', { name: 'What to do' })).toContainText('tick Disable cache')
  await expect(entries.getByRole('row', { name: /method DELETE/ })).toContainText('no longer given')
  await expect(entries.getByRole('row', { name: /method PUT/ })).not.toContainText('no longer given')

  await trap.getByRole('button', { name: 'Clear it here' }).click()
  await expect(trap).toBeHidden()
  await expect(says).toContainText('nothing is kept; 2 of 2')
  await button(/^Take back clearing/).click()
  await expect(trap).toBeVisible()

  // It is over when the entry is.
  await time.fill('600')
  await expect(trap).toBeHidden()
  await time.fill('20')
  await expect(trap).toContainText('For 580 s more')
  await button('Start over with the policy as it is').click()
  await expect(trap).toBeHidden()
  await expect(entries.getByRole('row', { name: /method DELETE/ })).toHaveCount(0)
})

test('requests are put one after another and the clock is moved by keyboard alone', async ({ lab }) => {
  const { page } = lab
  const { keyboard } = page
  const { main, ...does } = bench(page)
  const { says, time, slider, button } = panel(page)

  await does.find('updord')
  await expect(main.getByRole('textbox', { name: 'URL' })).toBeVisible()
  await keyboard.press('Control+l')
  await tabTo(main.getByRole('button', { name: 'Then another' }))
  await keyboard.press('Enter')
  await expect(main.getByRole('button', { name: /^2 PUT/ })).toBeFocused()
  await tabTo(main.getByRole('textbox', { name: 'Wait before request 2' }))
  await keyboard.press('Control+a')
  await keyboard.type('5 s')
  await expect(main.getByRole('button', { name: /^2 PUT.*after 5 s/ })).toBeVisible()

  await keyboard.press('Alt+7')
  await expect(says).toContainText('At 5 s:')
  await page.getByRole('tab', { name: 'Preflight cache' }).focus()
  await tabTo(time)
  await keyboard.press('Control+a')
  await keyboard.type('7')
  await expect(says).toContainText('At 7 s:')
  await tabTo(slider)
  await keyboard.press('ArrowRight')
  await expect(says).toContainText('At 8 s:')
  await expect(time).toHaveValue('8 s')
  await expect(slider).toHaveAttribute('aria-valuetext', '8 s')
  await tabTo(button(/^On to/))
  await keyboard.press('Enter')
  await expect(says).toContainText(/nothing is kept; 2 of 2/)
  await tabTo(button(/^Back to 5 s: request 2/), 'Shift+Tab')
  await keyboard.press('Enter')
  await expect(says).toContainText('At 5 s:')
  await tabTo(button('Clear the cache'))
  await keyboard.press('Enter')
  await expect(says).toContainText('At 5 s: nothing is kept')
  await expect(button('Take back clearing at 5 s')).toBeFocused()
})
