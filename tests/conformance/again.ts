/**
 * Runs recorded scenarios anew in the browsers of this machine, by `corslab verify`, and counts how many come out the same. Run:
 * npm run conformance [-- BROWSER|all [SET|all]]
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import type { Observation } from '#shared/lab/observation'
import { browsers, observations, vectorSets, type Browser, type VectorSet } from './vectors.ts'

const [which = 'all', wanted = 'given'] = process.argv.slice(2)
const sets = (Object.keys(vectorSets) as VectorSet[]).filter((set) => wanted === 'all' || set === wanted)
let allSame = true

for (const set of sets) {
  for (const browser of browsers.filter((each) => which === 'all' || which === each)) {
    const recorded = new Map(observations(browser, set).map((observation) => [observation.id, observation]))
    const startedAt = performance.now()
    const [different, otherMessages]: [string[], string[]] = [[], []]
    let same = 0
    const { code, error } = await verify(browser, set, (line) => {
      const { console: messages, ...did } = JSON.parse(line) as Observation
      const { console: recordedMessages, ...didBefore } = recorded.get(did.id) ?? {}
      if (sorted(did) !== sorted(didBefore)) different.push(did.id)
      else {
        same += 1
        // Of MiniBrowser's messages few were recorded.
        const isComparable = browser !== 'webkit' || recordedMessages !== undefined
        if (isComparable && essence(messages) !== essence(recordedMessages)) otherMessages.push(did.id)
      }
    })
    if (code === 3 && same === 0) {
      console.log(`${browser}, ${set}: not run. ${error}`)
      continue
    }
    allSame &&= same === recorded.size
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const load = (loadavg()[0] ?? 0).toFixed(1)
    console.log(`${browser}, ${set}: ${same} of ${recorded.size} the same, ${seconds} s with the start (load ${load})`)
    if (different.length > 0) console.log(`  other exchanges or outcomes: ${different.join(' ')}`)
    if (otherMessages.length > 0) console.log(`  the same but for the console's message: ${shortened(otherMessages)}`)
  }
}
process.exitCode = allSame ? 0 : 1

async function verify(browser: Browser, set: VectorSet, onLine: (line: string) => void): Promise<{ code: number | null; error: string }> {
  const scenarios = resolve(import.meta.dirname, `${vectorSets[set]}scenarios.ndjson`)
  const main = resolve(import.meta.dirname, '../../node/cli/main.ts')
  const child = spawn(process.execPath, [main, 'verify', scenarios, '--browser', browser, '--json'])
  let error = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error = text.trim()))
  createInterface(child.stdout).on('line', onLine)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, error })))
}

/** The order of fields says nothing. */
function sorted(did: object): string {
  return JSON.stringify(did, (_, value: unknown) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Firefox names an opaque origin by a random UUID; some recorded lines begin with the process and time that Chromium's log has. */
function essence(messages: readonly string[] = []): string {
  return messages
    .map((message) => message.replace(/moz-nullprincipal:\{[0-9a-f-]+\}/, '').replace(/^\[[^\]]*CONSOLE[^\]]*\] "(.*?)"?$/s, '$1'))
    .join('\n')
}

function shortened(ids: readonly string[]): string {
  return ids.length > 20 ? `${ids.length} scenarios` : ids.join(' ')
}
