import type { Page } from '@playwright/test'

export type HostName = 'web' | 'electron-double'
export interface HostOptions {
  host: HostName
  /** Which browsers of this machine the lab finds. To ask them all who they are takes time. */
  browsers: 'all' | 'none'
}

/** `none` is as on a machine without any. */
export const environments = { all: {}, none: { CORSLAB_CHROMIUM: '', CORSLAB_FIREFOX: '', CORSLAB_WEBKIT: '' } }

/** The lab as a process of its own that a page can be opened on; stopped and started again, it finds its data folder as it left it. */
export interface Host {
  /** Where the page is. */
  readonly url: string
  readonly start: () => Promise<void>
  /** @param signal `SIGKILL` plays a crash. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** What a new page needs before it opens the URL. */
  readonly prepare: (page: Page) => Promise<void>
}
