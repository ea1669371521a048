import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from '#shared/contract/browsers'
import { startDisplay } from './display.ts'

export type Identity = Pick<Browser, 'engine' | 'name' | 'version'>

/** What browsers call themselves. */
const names: readonly (readonly [RegExp, Identity['engine'], string])[] = [
  [/^(?:Mozilla )?Firefox/, 'firefox', 'Firefox'],
  [/^Google Chrome/, 'chromium', 'Chrome'],
  [/^Microsoft Edge/, 'chromium', 'Edge'],
  [/^Brave/, 'chromium', 'Brave'],
  [/^Chromium/, 'chromium', 'Chromium'],
  [/^WebKitGTK/, 'webkit', 'WebKitGTK'],
]

/** Milliseconds that a program may take to say its version. */
const timeLimit = 10_000

/**
 * Which browser a program is, and of which version, without opening a window.
 * @throws with a sentence that says why it is none.
 */
export function identify(program: string, platform: string = process.platform): Promise<Identity> {
  return platform === 'win32' ? fromItsFolder(program) : fromItself(program)
}

async function fromItself(program: string): Promise<Identity> {
  const said = (await askVersion(program)).trim().split('\n').at(-1) ?? ''
  const known = names.find(([pattern]) => pattern.test(said))
  if (known === undefined)
    throw new Error(`Asked for its version, it says “${said.slice(0, 100)}”: that is none of the browsers that the lab knows.`)
  return { engine: known[1], name: known[2], version: /\d+(?:\.\d+)*\S*/.exec(said)?.[0] ?? null }
}

/** GTK's programs need a screen before they say anything. */
async function askVersion(program: string): Promise<string> {
  if (basename(program) !== 'MiniBrowser') return run(program, process.env)
  const display = await startDisplay()
  try {
    return await run(program, { ...process.env, DISPLAY: display.name, GDK_BACKEND: 'x11' })
  } finally {
    await display.close()
  }
}

async function run(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { env, timeout: timeLimit, killSignal: 'SIGKILL' })
    return stdout
  } catch (error) {
    const { code, killed } = error as { code?: unknown; killed?: boolean }
    if (killed === true) throw new Error(`It did not say its version within ${timeLimit / 1000} seconds.`, { cause: error })
    if (code === 'ENOENT') throw new Error('There is no such file.', { cause: error })
    if (code === 'EACCES') throw new Error('It is not a program that may be run.', { cause: error })
    throw new Error('It does not say its version.', { cause: error })
  }
}

/** On Windows, browsers asked for their version open a window. Chromium’s keep a folder named after their version; Firefox has a file that tells. */
async function fromItsFolder(program: string): Promise<Identity> {
  const folder = dirname(program)
  const entries = await readdir(folder).catch((): string[] => [])
  if (!entries.includes(basename(program))) throw new Error('There is no such file.')
  const application = await readFile(join(folder, 'application.ini'), 'utf8').catch(() => '')
  const firefox = /^Version=(.+)$/m.exec(application)?.[1]
  if (firefox !== undefined) return { engine: 'firefox', name: 'Firefox', version: firefox.trim() }
  const version = entries
    .filter((name) => /^\d+(?:\.\d+){3}$/.test(name))
    .sort(byNumbers)
    .at(-1)
  const name = windowsNames[basename(program).toLowerCase()]
  if (name === undefined || version === undefined) throw new Error('It is none of the browsers that the lab knows.')
  return { engine: 'chromium', name: folder.includes('Chromium') ? 'Chromium' : name, version }
}

const windowsNames: Readonly<Record<string, string>> = { 'chrome.exe': 'Chrome', 'msedge.exe': 'Edge', 'brave.exe': 'Brave' }

const byNumbers = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
