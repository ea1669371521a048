import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { FetchParams, RecordedRuling } from '#shared/fetch/fetch-params'
import { chromiumMessage } from './chromium.ts'
import { firefoxMessage } from './firefox.ts'
import { webkitMessage } from './webkit.ts'

/** The message that a ruling puts on the browser's console; undefined for none. */
type ConsoleMessage = (fetchParams: FetchParams, stopped: RecordedRuling) => string | undefined

const messages: Readonly<Record<BrowserProfile['name'], ConsoleMessage>> = {
  standard: () => undefined,
  chromium: chromiumMessage,
  firefox: firefoxMessage,
  webkit: webkitMessage,
}

/** What the browser of the fetch's profile prints when a ruling stops the request: word for word, where it prints anything. */
export const consoleMessage: ConsoleMessage = (fetchParams, stopped) => messages[fetchParams.profile.name](fetchParams, stopped)
