import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Of a window: the one that most people see first. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const

/** Of all rules, those that a theme can break. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe-core finds serious or worse on the screen as it stands, in the light theme and then in the dark one.
 * @param within a selector, where the rest of the screen is as it was
 */
export async function seriousViolations(page: Page, within = 'html'): Promise<string[]> {
  await turn(page, 'light')
  const light = await violations(page, within)
  await turn(page, 'dark')
  const dark = await violations(page, within, { runOnly: ofColours })
  return [...light, ...dark.map((each) => `dark, ${each}`)]
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
}

async function violations(page: Page, within: string, options: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const { violations: found } = await page.evaluate<AxeResults, [string, RunOptions]>(
    ([selector, run]) => (window as unknown as { axe: typeof import('axe-core') }).axe.run(selector, run),
    [within, { ...options, resultTypes: ['violations'] }],
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}
