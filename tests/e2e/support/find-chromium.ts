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
      ? inFolders([LOCALAPPDATA, ProgramFiles, ProgramFiles86].filter(Boolean), windowsApps)
      : [...macApps, ...inFolders([...PATH.split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'], names)]
  return [chromium.executablePath(), ...installed].find((path) => existsSync(path))
}

/** Chromium without its own windows, which spends a third less on the same pages. None where `CORSLAB_CHROMIUM` names what to use. */
export function findHeadlessShell(): string | undefined {
  const { CORSLAB_CHROMIUM, PATH = '' } = process.env
  if (CORSLAB_CHROMIUM) return undefined
  return inFolders(PATH.split(delimiter), ['chromium-headless-shell', 'chrome-headless-shell']).find((path) => existsSync(path))
}

const inFolders = (folders: readonly string[], paths: readonly string[]): string[] =>
  folders.flatMap((folder) => paths.map((path) => join(folder, path)))
