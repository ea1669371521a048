import type { Engine } from '#shared/contract/browsers'

export const engines: readonly Engine[] = ['chromium', 'firefox', 'webkit']

/** A browser that the lab has started, with a temporary profile of its own. */
export interface RunningBrowser {
  /** Resolves when it has ended, by itself or because it was closed. */
  readonly exited: Promise<void>
  /**
   * Opens a page that shares nothing with the pages before it: no cache, no cookies, no CORS-preflight cache.
   * @param proxyPort of the lab's proxy on 127.0.0.1: everything the page asks for goes there, loopback names and addresses included.
   */
  openPage(proxyPort: number, url: string): Promise<BrowserPage>
  /** Ends it, and removes whatever it has left on the disk. */
  close(): Promise<void>
}

export interface BrowserPage {
  /** Says why, once the page or its browser is gone without being asked to go. */
  readonly gone: Promise<string>
  /** The error messages that its console has got since the last call. Those caused before this call are among them, unless `mayBeLate`. */
  takeConsole(mayBeLate: boolean): Promise<string[]>
  close(): Promise<void>
}

export interface BrowserOptions {
  readonly program: string
  /** Shown to the user, with its developer tools where the browser can open them by itself; headless otherwise. */
  readonly visible: boolean
}
