import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { observations, scenarios } from '../conformance/vectors.ts'
import { foldersLeft, inEachBrowser, processesLeft, scratch, type RealBrowser } from './real-browsers.ts'

const main = resolve(import.meta.dirname, '../../node/cli/main.ts')

async function verify({ program }: Pick<RealBrowser, 'program'>, args: string[], lines: unknown[]) {
  const child = spawn(process.execPath, [main, 'verify', '--browser', program, ...args], {
    env: { ...process.env, CORSLAB_DATA: join(scratch, 'data') },
  })
  let [out, error] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk))
  child.stdin.end(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, error }
}

const some = scenarios().slice(0, 9)
const waiting = (id: string) => {
  const { request, ...rest } = scenarios()[0] ?? expect.fail()
  return { ...rest, id, requests: [request, { ...request, after: 200 }] }
}
/** Every browser has a message of its own for its answer. */
const malformed = scenarios().find(({ id }) => id === 'p11-14')
inEachBrowser(
  'corslab verify',
  (browser) => {
    const recorded = observations(browser.engine).slice(0, some.length)
    /** MiniBrowser's messages were not recorded. */
    const didOnly = (line: string) => ({ ...(JSON.parse(line) as object), ...(browser.engine === 'webkit' ? { console: undefined } : {}) })

    it('prints an observation a line, in order and in the recorded form, and keeps them for others', async () => {
      const folder = join(scratch, `recorded-${browser.engine}`)
      const { code, out } = await verify(browser, ['--json', '--lanes', '3', '--record', folder], some)
      expect(out.trimEnd().split('\n').map(didOnly)).toEqual(recorded)
      expect(code).toBe(0)
      expect((await readdir(folder)).sort()).toEqual([`${browser.engine}.json`, `${browser.engine}.ndjson`])
      expect(await readFile(join(folder, `${browser.engine}.ndjson`), 'utf8')).toBe(out)
      expect(JSON.parse(await readFile(join(folder, `${browser.engine}.json`), 'utf8'))).toMatchObject({
        browser: expect.any(String) as string,
        version: expect.stringMatching(/^\d+\./) as string,
        observations: some.length,
      })
      expect([...(await processesLeft()), ...(await foldersLeft())]).toEqual([])
    })
  },
  ['chromium'],
)

inEachBrowser(
  'the table of corslab verify',
  (browser) => {
    it('sets prediction against observation in a table, names a line that is no scenario, and says once why nothing is printed for a while', async () => {
      const { code, out, error } = await verify(browser, [], [some[0], '{}', malformed, waiting('waits-1'), waiting('waits-2')])
      expect(out).toMatch(/^Scenario +Predicted +Observed +Agreement$/m)
      expect(out).toMatch(/^p11-0 +2 exchanges, cors 404 +2 exchanges, cors 404 +✓ agrees$/m)
      expect(out).toContain('Line 2 is not a scenario.')
      expect(out).toContain('4 of 5 went as predicted, 1 no scenario.')
      expect(error).toBe('waits-1 waits 0.2 s in all between its requests: a browser’s clock cannot be moved.\n')
      expect(code).toBe(2)
    })
  },
  ['chromium'],
)

inEachBrowser('a browser that does otherwise than predicted', ({ engine, program }) => {
  it.skipIf(engine !== 'chromium')('is seen, with the first difference, and ends with 1', async () => {
    const careless = join(scratch, 'careless')
    await writeFile(careless, `#!/bin/sh\nexec '${program}' --disable-web-security "$@"\n`, { mode: 0o755 })
    const blocked = scenarios().find(({ id }) => id === 'p11-3')
    const { code, out } = await verify({ program: careless }, [], [blocked])
    expect(out).toMatch(/^p11-3 .* ✗ differs\n {2}Exchange 1, a request, what it is\n {4}predicted {2}preflight\n {4}observed {3}request$/m)
    expect(out).toContain('0 of 1 went as predicted, 1 went otherwise than predicted.')
    expect(code).toBe(1)
  })
})

it('ends with 3 where a program does not run as a browser, or is none', async () => {
  const liar = join(scratch, 'liar')
  await writeFile(liar, '#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 1.0" && exit 0\nexit 1\n', { mode: 0o755 })
  expect(await verify({ program: liar }, ['--json'], some)).toMatchObject({
    code: 3,
    out: '',
    error: expect.stringContaining('Chromium did not run the scenario.') as string,
  })
  expect(await verify({ program: join(scratch, 'nothing') }, [], some)).toMatchObject({
    code: 3,
    error: expect.stringContaining('There is no such file.') as string,
  })
  expect((await foldersLeft()).length).toBe(0)
})
