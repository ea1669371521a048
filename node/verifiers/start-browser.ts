import type { Engine } from '#shared/contract/browsers'
import { startChromium } from './chromium.ts'
import type { BrowserOptions, RunningBrowser } from './engine.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

const start: Readonly<Record<Engine, (options: BrowserOptions) => Promise<RunningBrowser>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
}

/** @throws where it does not start. */
export const startBrowser = (engine: Engine, options: BrowserOptions): Promise<RunningBrowser> => start[engine](options)
