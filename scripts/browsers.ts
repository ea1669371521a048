import { tmpdir } from 'node:os'
import { chromium } from '@playwright/test'
import type { Engine } from '#shared/contract/browsers'
import { Browsers } from '#node/verifiers/browsers'
import { engines } from '#node/verifiers/engine'
import { howToGet } from '#node/verifiers/how-to-get'
import { findChromium, findHeadlessShell } from '../tests/e2e/support/find-chromium.ts'
import { aptGet } from './apt-get.ts'
import { runTool } from './tools.ts'

/** A Chromium for the end-to-end tests, installed if need be and if that can be done without asking; null where it cannot. */
export async function ensureChromium(): Promise<string | null> {
  const found = findChromium()
  if (found !== undefined) return found

  console.log('No Chromium was found; downloading Playwright’s …')
  await runTool('playwright', ['install', 'chromium'], { timeout: 240_000 })
  const downloaded = findChromium()
  if (downloaded !== undefined) return downloaded

  await aptGet(['chromium'])
  return findChromium() ?? null
}

export const playwrightsChromium = chromium.executablePath()

/** For speed only: the end-to-end tests do with any Chromium. */
export async function ensureHeadlessShell(): Promise<void> {
  if (process.env['CORSLAB_CHROMIUM'] === undefined && findHeadlessShell() === undefined) await aptGet(['chromium-headless-shell'])
}

export const howToGetChromium = `The end-to-end tests need Chromium, Chrome, Edge or Brave, and none was found.
Install one (Debian: apt-get install chromium; anywhere with a network: npx playwright install chromium),
or name its program in the environment variable CORSLAB_CHROMIUM. Then run npm test again.`

/** Debian's packages. MiniBrowser needs a screen, which Xvfb plays. */
const packages: Readonly<Record<Engine, readonly string[]>> = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
}

/** Installs a browser of each engine where there is none and where that can be done without asking. The tests skip those that are still missing. */
export async function ensureEngines(): Promise<void> {
  for (const engine of await missingEngines()) await aptGet(packages[engine])
  for (const engine of await missingEngines())
    console.log(`No browser of the engine ${engine} was found; its tests are skipped. ${howToGet(engine, process.platform)}`)
}

async function missingEngines(): Promise<Engine[]> {
  const browsers = new Browsers(tmpdir())
  const found = await Promise.all(engines.map(async (engine) => ({ engine, browser: await browsers.first(engine) })))
  return found.filter(({ browser }) => browser === null).map(({ engine }) => engine)
}
