import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import { standard } from './standard.ts'
import { webkit } from './webkit.ts'

/** The columns of every verdict: the standard, and each browser with its own ways. */
export const profiles: Readonly<Record<BrowserProfile['name'], BrowserProfile>> = { standard, chromium, firefox, webkit }
