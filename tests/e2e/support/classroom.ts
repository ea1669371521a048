import { expect, type Page } from '@playwright/test'

/** Learn, as somebody uses it. */
export function classroom(page: Page) {
  const main = page.getByRole('main')
  const sideBar = page.getByRole('navigation', { name: 'Workspace' })
  const lesson = (title: string) => sideBar.getByRole('button', { name: title })
  const check = (id: string) => main.locator(`[data-check=${id}]`)
  const bench = main.getByRole('region', { name: 'Bench' })

  return {
    main,
    bench,
    lesson,
    open: async (title: string) => {
      await lesson(title).click()
      await expect(main.getByRole('heading', { level: 1, name: title })).toBeVisible()
    },
    step: async (title: string) => {
      await main.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: title }).click()
      await expect(main.getByRole('heading', { level: 2, name: title })).toBeVisible()
    },
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
