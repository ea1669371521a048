import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { chromiumMessage } from './chromium.ts'
import { firefoxMessage } from './firefox.ts'
import { webkitMessage } from './webkit.ts'

/** The first message that a fetch puts on the browser's console, given the ruling that stopped it, if one did; undefined for none. */
export type ConsoleMessage = (fetchParams: FetchParams, stopped: RecordedRuling | undefined) => string | undefined

const messages: Readonly<Record<BrowserProfile['name'], ConsoleMessage>> = {
  standard: () => undefined,
  chromium: chromiumMessage,
  firefox: firefoxMessage,
  webkit: webkitMessage,
}

/** What the browser of the fetch's profile prints first: word for word, where it prints anything. */
export const consoleMessage: ConsoleMessage = (fetchParams, stopped) => messages[fetchParams.profile.name](fetchParams, stopped)
