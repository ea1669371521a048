import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser']
const macApps = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)
const windowsApps = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/** A browser of Chromium's family for the end-to-end tests: the one named by `CORSLAB_CHROMIUM`, Playwright's own, or one that is installed. */
export function findChromium(): string | undefined {
  const { CORSLAB_CHROMIUM, PATH = '', LOCALAPPDATA = '', ProgramFiles = '', 'ProgramFiles(x86)': ProgramFiles86 = '' } = process.env
  if (CORSLAB_CHROMIUM) return CORSLAB_CHROMIUM
  const installed =
    process.platform === 'win32'
      ? [LOCALAPPDATA, ProgramFiles, ProgramFiles86].filter(Boolean).flatMap((folder) => windowsApps.map((path) => join(folder, path)))
      : [
          ...macApps,
          ...[...PATH.split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
            names.map((name) => join(folder, name)),
          ),
        ]
  return [chromium.executablePath(), ...installed].find((path) => existsSync(path))
}

/** Chromium without its own windows, which spends a third less on the same pages. None where `CORSLAB_CHROMIUM` names what to use. */
export function findHeadlessShell(): string | undefined {
  const { CORSLAB_CHROMIUM, PATH = '' } = process.env
  if (CORSLAB_CHROMIUM) return undefined
  return PATH.split(delimiter)
    .flatMap((folder) => ['chromium-headless-shell', 'chrome-headless-shell'].map((name) => join(folder, name)))
    .find((path) => existsSync(path))
}
