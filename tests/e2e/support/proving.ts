import { expect, type Page } from '@playwright/test'
import { bench } from './bench.ts'
import { findChromium } from './find-chromium.ts'
import { freePort } from './free-port.ts'

const origin = 'http://app.example.com'
export const engines = ['Chromium', 'Firefox', 'WebKit'] as const
type EngineName = (typeof engines)[number]

/** What a user does with the browsers of the machine. */
export function proving(page: Page) {
  const list = page.getByRole('dialog', { name: 'Browsers for proofs' })
  const cells = page
    .getByRole('group', { name: 'Verdict by engine' })
    .getByRole('button', { name: /^(Cr|Fx|Wk|Std)?\s*(Chrom|Firefox|WebKit|Fetch)/ })
  return {
    list,
    cell: (engine: EngineName) => cells.filter({ hasText: engine }),
    /** Only browsers of these engines take part from now on; says which of them are there. */
    takePart: async (...wanted: EngineName[]): Promise<EngineName[]> => {
      await page.getByRole('button', { name: /Browsers for proofs/ }).click()
      await expect(list.getByRole('button', { name: 'Look again' })).toBeVisible()
      const switches = list.getByRole('switch')
      const chromium = findChromium()
      const isThere = async (engine: EngineName) =>
        (await list
          .getByRole('listitem')
          .filter({ hasText: new RegExp(`^..${engine}.*(?<!not found)`) })
          .getByRole('switch')
          .count()) > 0
      // Playwright's own lies in no usual place.
      if (wanted.includes('Chromium') && chromium !== undefined && !(await isThere('Chromium'))) {
        await list.getByRole('textbox', { name: 'A browser elsewhere' }).fill(chromium)
        await page.keyboard.press('Enter')
        await expect(list.getByText(chromium)).toBeVisible()
      }
      for (const each of await switches.all()) {
        const name = (await each.getAttribute('aria-label')) ?? ''
        const isWanted = wanted.some((engine) => name.startsWith(engine))
        if (((await each.getAttribute('aria-checked')) === 'true') !== isWanted) await each.click()
      }
      const there: EngineName[] = []
      for (const engine of wanted) if (await isThere(engine)) there.push(engine)
      await page.keyboard.press('Escape')
      return there
    },
  }
}

/** A server that allows this page its `PUT`, and the request for it. */
export async function preflightedPut(page: Page): Promise<void> {
  const does = bench(page)
  const port = await freePort()
  await does.newServer(port)
  await does.allowOrigins(origin)
  await does.allow('methods', 'PUT')
  await does.allow('request headers', 'x-api-key')
  await does.startServer()
  await does.newRequest('PUT', `http://localhost:${port}/orders/17`, [['X-Api-Key', 'k']])
  await does.pageOrigin(origin)
}
