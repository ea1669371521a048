import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import type { Engine } from '#shared/contract/browsers'
import type { Observation } from '#shared/lab/observation'
import type { Scenario } from '#shared/scenario/scenario'
import { Certificates } from '#node/certificates/certificates'
import type { Lab } from '#node/lab'
import { Browsers } from '#node/verifiers/browsers'
import { engines } from '#node/verifiers/engine'
import { howToGet } from '#node/verifiers/how-to-get'
import { startBrowser } from '#node/verifiers/start-browser'
import { Verifier, type VerifierParts } from '#node/verifiers/verifier'
import { allProcesses, type Running } from '../support/processes.ts'
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

/** Has a lab prove a scenario in one of its browsers, by the id or the program. */
export async function prove(lab: Lab, browser: string, scenario: Scenario, network = false): Promise<Observation> {
  // Nothing is told of it before the reply.
  const { proofId } = await lab.service['proof.start']({ scenario, browsers: [browser], network })
  return new Promise((resolve, reject) => {
    const stop = lab.emitTo((event, payload) => {
      if (!('proofId' in payload) || payload.proofId !== proofId) return
      if ('observation' in payload) resolve(payload.observation)
      else if (event === 'proof.failed') reject(new Error(JSON.stringify(payload)))
      else if (event === 'proof.finished') stop()
    })
  })
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

/** The processes of these tests and whatever they have started, this one excepted. */
export const processesLeft = async (): Promise<Running[]> =>
  (await allProcesses()).filter(({ pid, environment }) => pid !== process.pid && environment.some((each) => each.includes(scratch)))

export const foldersLeft = async (): Promise<string[]> => (await readdir(scratch)).filter((name) => name.startsWith('corslab-browser-'))
