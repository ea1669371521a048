import type { Engine } from '#shared/contract/browsers'
import { startChromium } from './chromium.ts'
import type { BrowserOptions, RunningBrowser } from './engine.ts'
import { removeLeftBehind } from './left-behind.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

const start: Readonly<Record<Engine, (options: BrowserOptions) => Promise<RunningBrowser>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
}

let tidied: Promise<void> | null = null

/** @throws where it does not start. */
export async function startBrowser(engine: Engine, options: BrowserOptions): Promise<RunningBrowser> {
  await (tidied ??= removeLeftBehind())
  return start[engine](options)
}
