/** `npm test`: everything that CI asks, from a fresh checkout. Prints what fails, and a line for each step. */
import { stripVTControlCharacters } from 'node:util'
import { ensureChromium, howToGetChromium } from './chromium.ts'
import { runTool, type Ended } from './tools.ts'

const startedAt = Date.now()
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`

const chromium = await ensureChromium()
if (chromium === null) {
  console.error(howToGetChromium)
  process.exit(1)
}

await step('build', () => runTool('electron-vite', ['build']))
// Types and lint use one core, the unit tests what is left.
await Promise.all([
  step('types', () => runTool('vue-tsc', ['--build'])).then(() => step('lint', () => runTool('eslint', ['.']))),
  step('unit and component tests', () => runTool('vitest', ['run', '--project', 'unit', '--reporter', 'dot'])),
])
await step('packaging', () => runTool('vitest', ['run', '--project', 'packaging', '--reporter', 'dot']))
await step('end-to-end tests in Chromium', () => runTool('playwright', ['test']))

console.log(`All passed in ${seconds(startedAt)}.`)

/** The first step that fails ends it all: what comes after it would only repeat it. */
async function step(name: string, work: () => Promise<Ended>): Promise<void> {
  const since = Date.now()
  const { code, output } = await work()
  const counts = stripVTControlCharacters(output).match(/^\s*(?:Tests\s+.*|\d+ (?:passed|failed|skipped).*)$/gm)
  const said = counts ? ` (${counts.map((line) => line.trim().replace(/\s+/g, ' ')).join(', ')})` : ''
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name}, ${seconds(since)}${said}`)
  if (code === 0) return
  console.error(output)
  process.exit(1)
}
