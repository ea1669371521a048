import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Browser } from '#shared/contract/browsers'
import { LabError } from '#shared/contract/errors'
import { mishapSentences } from '#shared/contract/mishap-text'
import { compare, type Agreement } from '#shared/lab/compare'
import { engineNames } from '#shared/lab/engine-names'
import type { Observation } from '#shared/lab/observation'
import { predict } from '#shared/lab/predict'
import type { Prediction } from '#shared/lab/prediction'
import { longestProofWait, proofWait } from '#shared/lab/proof-wait'
import type { Scenario } from '#shared/scenario/scenario'
import { Certificates } from '#node/certificates/certificates'
import { dataFolder } from '#node/data-folder'
import { Browsers, browserAt } from '#node/verifiers/browsers'
import { engines } from '#node/verifiers/engine'
import { howToGet } from '#node/verifiers/how-to-get'
import { startBrowser } from '#node/verifiers/start-browser'
import { Verifier } from '#node/verifiers/verifier'
import { readNumber, UsageError } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { forTerminal } from './for-terminal.ts'
import { inOrder } from './in-order.ts'
import { Recording } from './recording.ts'
import { readScenario, scenarioLines, type Unread } from './scenarios-in.ts'
import type { Line } from './text-in.ts'
import { tableFoot, tableHead, tableRow } from './verify-table.ts'

/** How many scenarios wait while those go first for which a page stands at their origin: to go there takes longer than most scenarios do. */
const lookahead = 60

/** What came of a line. */
export type Verified =
  | { readonly prediction: Prediction; readonly observation: Observation; readonly agreement: Agreement }
  /** The browser broke down at it, twice. */
  | { readonly id: string; readonly error: string }
  | Unread

/** How many lines came to what; `open`: nothing definite was predicted. */
export type Tally = Record<'agree' | 'differ' | 'open' | 'failed' | 'unread', number>

/**
 * `corslab verify [FILE] --browser NAME [--lanes N] [--timeout MS] [--network] [--record DIR] [--json]`: one scenario a line in, what the browser did with it a
 * line out, in order. Several are at work at once, each in a page of its own.
 */
export async function verifyVerb(args: string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      browser: { type: 'string' },
      lanes: { type: 'string' },
      timeout: { type: 'string' },
      network: { type: 'boolean', default: false },
      record: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const lanes = readNumber('lanes', values.lanes, 1, 16) ?? 4
  const timeLimit = readNumber('timeout', values.timeout, 1, 600_000)
  const [file = '-'] = positionals
  const browser = await browserFor(values.browser)
  const recording = values.record === undefined ? null : await Recording.open(values.record, browser)
  const verifier = verifierOf(browser, lanes, timeLimit)
  const tally: Tally = { agree: 0, differ: 0, open: 0, failed: 0, unread: 0 }

  const tell = async (verified: Verified): Promise<void> => {
    tally[kindOf(verified)] += 1
    if ('observation' in verified) await recording?.add(verified.observation)
    await print(values.json ? `${JSON.stringify('observation' in verified ? verified.observation : verified)}\n` : tableRow(verified))
  }
  try {
    await verifier.ready()
    if (!values.json) await print(tableHead(browser))
    const sayOfWaits = waitsAreSaidOnce()
    const verifyLine = (line: Line) => verify(line, verifier, browser, values.network, sayOfWaits)
    await inOrder(singly(scenarioLines(file)), lanes + lookahead, verifyLine, tell)
    await recording?.finish()
  } catch (error) {
    if (error instanceof LabError) throw error
    throw new LabError('browser-failed', { browser: browser.name, reason: error instanceof Error ? error.message : '' })
  } finally {
    await Promise.all([verifier.close(), recording?.discard()])
  }
  if (!values.json) await print(tableFoot(tally))
  return codeOf(tally)
}

/** @param named an engine, or the path of a program. */
async function browserFor(named: string | undefined): Promise<Browser> {
  const engine = engines.find((each) => each === named)
  if (engine === undefined) {
    if (named !== undefined && /[/\\]/.test(named)) return browserAt(named)
    throw new UsageError(`--browser is ${named ?? 'missing'}; it may be ${engines.join(', ')}, or the path of a browser’s program.`)
  }
  const found = await new Browsers(dataFolder()).first(engine)
  if (found !== null) return found
  throw new LabError('engine-missing', { engine: engineNames[engine].name, howToGet: howToGet(engine, process.platform) })
}

function verifierOf({ engine, name, program }: Browser, atOnce: number, timeLimit: number | undefined): Verifier {
  const certificates = new Certificates(dataFolder())
  return new Verifier({
    atOnce,
    start: () => startBrowser(engine, { program: program ?? name, visible: false }),
    onTrouble: ({ id }, why) => console.error(`${id}: ${why} It is tried again in a fresh browser.`),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    mockServerAt: () => null,
    isOwnPort: () => false,
    secureContextFor: (host) => certificates.secureContextFor(host),
    log: (line) => console.error(line),
  })
}

/** Nothing is printed while a page waits: whoever looks on is told at the first one why. */
function waitsAreSaidOnce(): (scenario: Scenario) => void {
  let isSaid = false
  return (scenario) => {
    const wait = proofWait(scenario)
    if (isSaid || wait === 0 || wait > longestProofWait) return
    isSaid = true
    console.error(`${forTerminal(scenario.id)} waits ${wait / 1000} s in all between its requests: a browser’s clock cannot be moved.`)
  }
}

async function verify(
  line: Line,
  verifier: Verifier,
  { engine }: Browser,
  network: boolean,
  sayOfWaits: (scenario: Scenario) => void,
): Promise<Verified> {
  const scenario = readScenario(line)
  if ('error' in scenario) return scenario
  sayOfWaits(scenario)
  try {
    const observation = await verifier.observe(scenario, network)
    const prediction = predict(scenario, engine)
    return { prediction, observation, agreement: compare(prediction, observation) }
  } catch (error) {
    return { id: scenario.id, error: sentenceOf(error) }
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof LabError) return mishapSentences(error)
  return error instanceof Error ? error.message : String(error)
}

function kindOf(verified: Verified): keyof Tally {
  if ('line' in verified) return 'unread'
  if ('error' in verified) return 'failed'
  return ({ yes: 'agree', no: 'differ', unknown: 'open' } as const)[verified.agreement.agrees]
}

function codeOf({ failed, unread, differ }: Tally): ExitCode {
  if (failed > 0) return exitCodes.failed
  if (unread > 0) return exitCodes.usage
  return differ > 0 ? exitCodes.blocked : exitCodes.done
}

async function* singly<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const batch of batches) yield* batch
}

async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}
