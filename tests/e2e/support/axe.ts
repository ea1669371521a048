import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import { isQuick } from '../../support/quick.ts'

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Of a window: the one that most people see first. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const

/** Where a walk has come to; `within` is a selector, where the rest of the screen is as it was. */
export type Screen = [name: string, within?: string]

export const themes = ['light', 'dark'] as const

/** What axe-core finds serious or worse on each screen of a walk, in both themes; the sample takes them by turns. */
export async function seriousViolations(page: Page, screens: AsyncIterable<Screen>): Promise<string[]> {
  const found: string[] = []
  let at = 0
  for await (const [screen, within] of screens)
    for (const theme of isQuick ? [themes[at++ % 2]!] : themes)
      found.push(...(await seriousViolationsIn(theme, page, within)).map((each) => `${screen}, ${theme}: ${each}`))
  return found
}

export async function seriousViolationsIn(theme: (typeof themes)[number], page: Page, within = 'html'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const { violations } = await page.evaluate<AxeResults, [string, RunOptions]>(
    ([selector, options]) => (window as unknown as { axe: typeof import('axe-core') }).axe.run(selector, options),
    [within, { resultTypes: ['violations'] }],
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
