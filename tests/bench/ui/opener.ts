import type { Browser, Page } from '@playwright/test'

/** Opens the lab in a browser of its own with these arguments, and closes it afterwards. */
export type Opener = (args: string[], use: (page: Page, browser: Browser) => Promise<void>) => Promise<void>

/** Each measure is taken so often. */
export const rounds = 5

/** Zero where no task took over 50 ms: the browser tells of no others. */
export const longestTask = (milliseconds: number): string => (milliseconds === 0 ? 'none over 50 ms' : `${milliseconds.toFixed(0)} ms`)
