/**
 * `npm start`: the lab in its own window, or, where Electron's program is not to be had, in a browser tab.
 * `npm run web`: in a browser tab. Either takes --port N, --no-open and --data DIR.
 */
import { createRequire } from 'node:module'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { main } from '../node/cli/command.ts'
import { buildIfStale } from './build.ts'
import { root, run, runTool } from './tools.ts'

// What else is there is for the host to read, and to complain about.
const { values } = parseArgs({ options: { web: { type: 'boolean' }, data: { type: 'string' } }, strict: false })

endWithNpm()
await buildIfStale()
const whyNot = values.web ? null : await startElectron()
if (whyNot !== null) console.log(`${whyNot} The lab is for a browser tab instead.`)
if (values.web || whyNot !== null) process.exitCode = await main(['web', ...process.argv.slice(2).filter((arg) => arg !== '--web')])

/** Ends with the window; answers why there was none. */
async function startElectron(): Promise<string | null> {
  // As a service, over SSH, in a container: nobody would see the window.
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'There is no screen for a window.'
  const electron = electronProgram() ?? (await installElectron())
  if (electron === null) return 'Electron could not be downloaded.'
  const startedAt = Date.now()
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  const { code } = await run(electron, [root], {
    stdio: 'inherit',
    env: { ...process.env, ...(typeof values.data === 'string' ? { CORSLAB_DATA: values.data } : {}) },
    signal: stop.signal,
  })
  // Some systems do not let a program from a folder use Chromium's sandbox; it then ends at once. The lab opens no window without a sandbox.
  return code !== 0 && !stop.signal.aborted && Date.now() - startedAt < 5000 ? 'Electron could not start on this system.' : null
}

/** Where the package `electron` keeps its program, if it has been downloaded. Importing the package would download it without end. */
function electronProgram(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const program = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

/** From where it is published, or from a download kept by an earlier installation. */
async function installElectron(): Promise<string | null> {
  const from = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/'
  const isReachable = await fetch(from, { method: 'HEAD', signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  )
  if (isReachable) console.log('Downloading Electron, some 120 MB, this once …')
  await runTool('install-electron', [], isReachable ? {} : { timeout: 15_000 })
  return electronProgram()
}

/** Told to end, npm ends its shell but not what runs in it: nobody would be left who could stop the lab. */
function endWithNpm(): void {
  const { npm_lifecycle_event } = process.env
  const parent = process.ppid
  if (npm_lifecycle_event === undefined || process.platform === 'win32') return
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
