import { findChromium } from '../tests/e2e/support/find-chromium.ts'
import { existsSync } from 'node:fs'
import { run, runTool } from './tools.ts'

/** A Chromium for the end-to-end tests, installed if need be and if that can be done without asking; null where it cannot. */
export async function ensureChromium(): Promise<string | null> {
  const found = findChromium()
  if (found !== undefined) return found

  console.log('No Chromium was found; downloading Playwright’s …')
  await runTool('playwright', ['install', 'chromium'], { timeout: 240_000 })
  const downloaded = findChromium()
  if (downloaded !== undefined) return downloaded

  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That did not work; installing Debian’s with apt-get …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env })
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
  }
  return findChromium() ?? null
}

export const howToGetChromium = `The end-to-end tests need Chromium, Chrome, Edge or Brave, and none was found.
Install one (Debian: apt-get install chromium; anywhere with a network: npx playwright install chromium),
or name its program in the environment variable CORSLAB_CHROMIUM. Then run npm test again.`
