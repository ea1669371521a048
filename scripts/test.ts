/**
 * `npm test`: what CI asks, from a fresh checkout; with `--all`, without taking samples where there is much of the same. Prints what fails, and
 * a line for each step.
 */
import { resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureChromium, ensureEngines, ensureHeadlessShell, howToGetChromium, playwrightsChromium } from './browsers.ts'
import { ensureFlask } from './flask.ts'
import { runTool, type Ended } from './tools.ts'

if (!process.argv.includes('--all')) process.env['CORSLAB_QUICK_TESTS'] = '1'

// Hundreds of processes start here, and read the same sources.
process.env['NODE_COMPILE_CACHE'] ??= resolve(import.meta.dirname, '../node_modules/.cache/node')

const startedAt = Date.now()
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`

const chromium = await ensureChromium()
if (chromium === null) {
  console.error(howToGetChromium)
  process.exit(1)
}
// Where nobody else looks.
if (chromium === playwrightsChromium) process.env['CORSLAB_CHROMIUM'] = chromium
await ensureHeadlessShell()
await ensureEngines()
await ensureFlask()

await stage(step('build', () => runTool('electron-vite', ['build'])))
// The tests in each real browser wait for much of their time.
await stage(
  step('tests in each real browser', () => project('browsers')),
  oneAfterTheOther(
    () => step('types', () => runTool('vue-tsc', ['--build'])),
    () => step('lint', () => runTool('eslint', ['.'])),
  ),
  oneAfterTheOther(
    () => step('unit and component tests', () => project('unit*')),
    () => step('packaging', () => project('packaging')),
  ),
)
await stage(step('end-to-end tests in Chromium', () => runTool('playwright', ['test'])))

console.log(`All passed in ${seconds(startedAt)}.`)

/** What comes after a step that failed would only repeat it. */
async function stage(...steps: Promise<boolean>[]): Promise<void> {
  const passed = await Promise.all(steps)
  if (!passed.every(Boolean)) process.exit(1)
}

async function oneAfterTheOther(...steps: (() => Promise<boolean>)[]): Promise<boolean> {
  let passed = true
  for (const each of steps) passed = (await each()) && passed
  return passed
}

function project(name: string): Promise<Ended> {
  return runTool('vitest', ['run', '--project', name, '--reporter', 'dot'])
}

async function step(name: string, work: () => Promise<Ended>): Promise<boolean> {
  const since = Date.now()
  const { code, output } = await work()
  const counts = stripVTControlCharacters(output).match(/^\s*(?:Tests\s+.*|\d+ (?:passed|failed|skipped).*)$/gm)
  const said = counts ? ` (${counts.map((line) => line.trim().replace(/\s+/g, ' ')).join(', ')})` : ''
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name}, ${seconds(since)}${said}`)
  if (code !== 0) console.error(output)
  return code === 0
}
