import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { electronDoubleHost } from './support/electron-double-host.ts'
import type { Host, HostName, HostOptions } from './support/host.ts'
import { webHost } from './support/web-host.ts'

export { expect }

export interface Lab extends Pick<Host, 'start' | 'stop'> {
  /** Opened on the lab, in a data folder of its own. */
  readonly page: Page
  readonly url: string
  readonly host: HostName
  readonly dataFolder: string
  /** What the page may complain about in this test. Anything else in the console, errors and warnings alike, fails it. */
  readonly tolerated: RegExp[]
  /** Another page on the same lab. */
  openAnother(): Promise<Page>
}

/** Specs take `lab` and are thereby run against both hosts. */
export const test = base.extend<HostOptions & { lab: Lab }>({
  host: ['web', { option: true }],
  browsers: ['none', { option: true }],
  lab: async ({ host, browsers, page, context }, use) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'corslab-e2e-'))
    const process = host === 'web' ? webHost(dataFolder, browsers) : electronDoubleHost(dataFolder, browsers)
    const problems: string[] = []
    const tolerated: RegExp[] = []
    try {
      await process.start()
      await open(page)
      await use({
        page,
        host,
        dataFolder,
        tolerated,
        get url() {
          return process.url
        },
        start: process.start,
        stop: process.stop,
        openAnother: async () => open(await context.newPage()),
      })
      expect(problems.filter((problem) => !tolerated.some((each) => each.test(problem)))).toEqual([])
    } finally {
      await process.stop()
      await rm(dataFolder, { recursive: true, force: true })
    }

    async function open(opened: Page): Promise<Page> {
      opened.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
      })
      opened.on('pageerror', (error) => problems.push(String(error)))
      await process.prepare(opened)
      await opened.goto(process.url)
      return opened
    }
  },
})
