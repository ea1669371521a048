import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import type { Engine } from '#shared/contract/browsers'
import { Certificates } from '#node/certificates/certificates'
import { Browsers } from '#node/verifiers/browsers'
import { engines } from '#node/verifiers/engine'
import { howToGet } from '#node/verifiers/how-to-get'
import { startBrowser } from '#node/verifiers/start-browser'
import { Verifier, type VerifierParts } from '#node/verifiers/verifier'
import { isQuick } from '../support/quick.ts'

/** Everything these tests leave on the disk lies here, and their processes have the path in their environment: what is left behind can be counted. */
export const scratch = await mkdtemp(join(tmpdir(), 'corslab-tests-'))
process.env['TMPDIR'] = scratch
afterAll(() => rm(scratch, { recursive: true, force: true }))

export interface RealBrowser {
  readonly engine: Engine
  readonly program: string
}

const browsers = new Browsers(scratch)

/** One of each engine, where this machine has it. Where not, the tests are skipped, and their title says how to get one. */
const found = await Promise.all(engines.map(async (engine) => ({ engine, browser: await browsers.first(engine) })))

export function inEachBrowser(what: string, tests: (browser: RealBrowser) => void, whenQuick: readonly Engine[] = engines): void {
  for (const { engine, browser } of found.filter(({ engine }) => !isQuick || whenQuick.includes(engine))) {
    if (browser === null)
      describe.skip(`${what} in ${engine}: none was found. ${howToGet(engine, process.platform)}`, () => tests({ engine, program: '' }))
    else describe(`${what} in ${browser.name} ${browser.version}`, () => tests({ engine, program: browser.program ?? '' }))
  }
}

const certificates = new Certificates(join(scratch, 'data'))

export const verifierFor = ({ engine, program }: RealBrowser, parts: Partial<VerifierParts> = {}): Verifier =>
  new Verifier({
    start: () => startBrowser(engine, { program, visible: false }),
    mockServerAt: () => null,
    isOwnPort: () => false,
    secureContextFor: (host) => certificates.secureContextFor(host),
    log: () => undefined,
    ...parts,
  })

/** The processes of these tests and whatever they have started, this one excepted, by their command lines. */
export async function processesLeft(): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid)
  const all = await Promise.all(
    pids.map(async (pid) => {
      const [environment, command] = await Promise.all(
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')),
      )
      return { pid, isOurs: environment?.includes(scratch) === true, command: command?.replaceAll('\0', ' ').trim() ?? '' }
    }),
  )
  return all.filter(({ isOurs }) => isOurs)
}

export const foldersLeft = async (): Promise<string[]> => (await readdir(scratch)).filter((name) => name.startsWith('corslab-browser-'))
