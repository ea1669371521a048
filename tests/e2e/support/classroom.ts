import { expect, type Page } from '@playwright/test'

/**
 * Learn, as somebody uses it.
 * @param pagesIn what pages open in: a browser of the lab, or a window of this one where the lab finds none.
 */
export function classroom(page: Page, pagesIn: 'browser' | 'window' = 'browser') {
  const main = page.getByRole('main')
  const sideBar = page.getByRole('navigation', { name: 'Workspace' })
  // Its number stands before it; a request's name may have the same words in it.
  const lesson = (title: string) => sideBar.getByRole('button', { name: new RegExp(`^(\\d+ )?${title.replaceAll('?', '\\?')}`) })
  const check = (id: string) => main.locator(`[data-check=${id}]`)
  const bench = main.getByRole('region', { name: 'Bench' })

  return {
    main,
    bench,
    lesson,
    open: async (title: string) => {
      await lesson(title).click()
      await expect(main.getByRole('heading', { level: 1, name: title })).toBeVisible()
      // Another program may have a port of the lesson: then another is offered, and its text follows.
      const offer = bench.getByRole('button', { name: /^Use \d+/ }).first()
      const press = bench.getByRole('button', { disabled: true }).first()
      while ((await press.isVisible()) || (await offer.isVisible())) {
        // It goes by itself when the server has started meanwhile.
        if (await offer.isVisible()) await offer.click({ timeout: 1000 }).catch(() => undefined)
        await page.waitForTimeout(100)
      }
    },
    step: async (title: string) => {
      await main.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: title }).click()
      await expect(main.getByRole('heading', { level: 2, name: title })).toBeVisible()
    },
    /** Presses the button of a page. */
    press: async (id: string, name: string) => {
      const card = bench.locator(`[data-page=${id}]`)
      const opened = pagesIn === 'window' ? page.waitForEvent('popup') : null
      await card.getByRole('button', { name }).click()
      await opened
      await expect(card.getByRole('button', { name })).toBeEnabled({ timeout: 30_000 })
    },
    originOf: async (id: string) => new URL((await bench.locator(`[data-page=${id}] .page-url`).innerText()).trim()).origin,
    whoMayRead: (choice: string) => bench.getByRole('radiogroup', { name: 'Who may read' }).getByRole('radio', { name: choice }).click(),
    reset: () => main.getByRole('button', { name: 'Reset' }).click(),
    ticked: async (...ids: string[]) => {
      for (const id of ids) await expect(check(id).getByRole('img', { name: 'done' }), id).toBeVisible({ timeout: 20_000 })
    },
    notTicked: async (...ids: string[]) => {
      for (const id of ids) await expect(check(id).getByRole('img', { name: 'to do' }), id).toBeVisible()
    },
    predict: (pair: string, said: 'Same' | 'Cross') =>
      main
        .locator(`[data-pair=${pair}]`)
        .getByRole('button', { name: said === 'Same' ? 'Same origin' : 'Cross-origin' })
        .click(),
  }
}
