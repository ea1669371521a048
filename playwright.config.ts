import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/e2e/support/find-chromium.ts'
import type { HostOptions } from './tests/e2e/support/host.ts'

const executablePath = findChromium()

export default defineConfig<HostOptions>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
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
    { name: 'electron-double', use: { host: 'electron-double' } },
  ],
})
