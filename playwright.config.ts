import { defineConfig } from '@playwright/test'
import { findChromium, findHeadlessShell } from './tests/e2e/support/find-chromium.ts'
import { isQuick } from './tests/support/quick.ts'
import type { HostOptions } from './tests/e2e/support/host.ts'

const executablePath = findHeadlessShell() ?? findChromium()

/** What starts one browser after another, and takes minutes: single lessons (others are of lessons as such), and windows. */
const startingManyBrowsers = ['**/learn-!(each-lesson).spec.ts', '**/prove-in-window.spec.ts']
/** What a host is part of. The rest is the page's own, and the same in both. */
const ofTheHost = ['main-path', 'smoke', 'survives'].map((name) => `**/${name}.spec.ts`)

export default defineConfig<HostOptions>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: isQuick ? startingManyBrowsers : [],
  fullyParallel: true,
  // Each waits now and then: with two, two cores are not busy.
  workers: 3,
  // Real browsers on a busy machine: what passes at the second try is said to be flaky.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
    },
  },
  // The same specs against both hosts of the page.
  projects: [
    { name: 'web', use: { host: 'web' } },
    { name: 'electron-double', use: { host: 'electron-double' }, ...(isQuick ? { testMatch: ofTheHost } : {}) },
  ],
})
