import { expect, type Page } from '@playwright/test'

/** What a user does at the bench, by the names that a screen reader says. */
export function bench(page: Page) {
  const main = page.getByRole('main')
  const workspace = page.getByRole('navigation', { name: 'Workspace' })
  return {
    main,
    workspace,
    verdict: page.getByRole('region', { name: 'Verdict' }),
    exchange: page.getByRole('region', { name: 'Exchange' }),
    evidence: page.getByRole('region', { name: 'Evidence' }),

    async newServer(port: number) {
      await workspace.getByRole('button', { name: 'New server' }).click()
      await main.getByRole('textbox', { name: 'Port', exact: true }).fill(String(port))
    },
    async startServer() {
      await main.getByRole('button', { name: 'Start', exact: true }).click()
      await expect(main.getByText('Running')).toBeVisible()
    },
    /** The origins that may read become these. */
    async allowOrigins(...origins: string[]) {
      await main.getByRole('radiogroup', { name: 'Who may read' }).getByRole('radio', { name: 'These origins' }).click()
      const list = main.getByRole('list', { name: 'Origins that may read' })
      const removals = list.getByRole('button', { name: /^Remove/ })
      while ((await removals.count()) > 0) await removals.first().click()
      for (const origin of origins) {
        await main.getByRole('textbox', { name: 'Add an origin' }).fill(origin)
        await page.keyboard.press('Enter')
      }
    },
    async allow(what: 'methods' | 'request headers', ...names: string[]) {
      const label = what === 'methods' ? 'Methods' : 'Request headers'
      await main.getByRole('radiogroup', { name: label }).getByRole('radio', { name: 'These' }).click()
      const group = main.getByRole('group', { name: label })
      const removals = group.getByRole('button', { name: /^Remove/ })
      while ((await removals.count()) > 0) await removals.first().click()
      for (const name of names) {
        await group.getByRole('textbox').fill(name)
        await page.keyboard.press('Enter')
      }
    },
    async newRequest(method: string, url: string, headers: [string, string][] = []) {
      await workspace.getByRole('button', { name: 'New request' }).click()
      await main.getByRole('textbox', { name: 'Method' }).fill(method)
      await main.getByRole('textbox', { name: 'URL' }).fill(url)
      for (const [name, value] of headers) {
        await main.getByRole('combobox', { name: 'Header name' }).last().fill(name)
        await main
          .getByRole('textbox', { name: /^(Header value|Value of)/ })
          .nth(headers.findIndex(([each]) => each === name))
          .fill(value)
      }
    },
    async pageOrigin(origin: string) {
      await page.getByRole('button', { name: /^You are/ }).click()
      await page.getByRole('combobox', { name: 'Page origin' }).fill(origin)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: new RegExp(`^You are ${origin}`) })).toBeVisible()
    },
    async run() {
      await main.getByRole('button', { name: 'Run', exact: true }).click()
    },
    async show(tab: 'Why' | 'Raw' | 'Console' | 'Script sees' | 'Server log' | 'Preflight cache') {
      await page.getByRole('tab', { name: tab }).click()
    },
    /** By the palette: Enter takes the best hit. */
    async find(letters: string) {
      const palette = page.getByRole('dialog', { name: 'Find and commands' })
      await page.keyboard.press('Control+k')
      await expect(palette).toBeVisible()
      await page.keyboard.type(letters)
      await page.keyboard.press('Enter')
      await expect(palette).toBeHidden()
    },
    async openServer(name: string) {
      await workspace.getByRole('button', { name: new RegExp(`^(running|stopped) ${name}`) }).click()
    },
    async openRequest(name: string) {
      await workspace.getByRole('button', { name: new RegExp(`^[A-Z]+ ${name}`) }).click()
      await main.getByRole('region', { name: 'Request', exact: true }).waitFor()
    },
  }
}
