import { parseArgs } from 'node:util'
import { LabError } from '#shared/contract/errors'
import type { RunExchange } from '#shared/contract/wire'
import type { Prediction } from '#shared/lab/prediction'
import { movedBy, runWaits } from '#shared/lab/run-waits'
import { Certificates } from '#node/certificates/certificates'
import { dataFolder } from '#node/data-folder'
import { run } from '#node/runner/run'
import { readBrowser, readNumber, UsageError } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { isScenario, parseScenario } from './parse-scenario.ts'
import { compact, report } from './report.ts'
import { readText } from './text-in.ts'

/** `corslab run FILE [--browser NAME] [--timeout MS] [--json]`: really sends the scenario, as that browser would, and says what the script would get. */
export async function runVerb(args: string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    options: { browser: { type: 'string' }, timeout: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const profile = readBrowser(values.browser)
  const timeout = readNumber('timeout', values.timeout, 1, 600_000) ?? 30_000
  const [file] = positionals
  if (file === undefined) throw new UsageError('run needs a FILE with a scenario; - reads it from standard input.')

  const scenario = parseScenario(await readText(file))
  if (!isScenario(scenario)) throw new LabError('not-a-scenario', { file, ...scenario })

  const wire: RunExchange[] = []
  const { signal } = new AbortController()
  const { prediction, startedAt, took } = await run({
    scenario,
    profile,
    timeout,
    signal,
    onExchange: (exchange) => wire.push(exchange),
    certificates: new Certificates(dataFolder()),
  })
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ ...compact(scenario, prediction), startedAt, took, clockMovedBy: movedBy(runWaits(scenario)), wire })}\n`
      : report(scenario, prediction, 'run', wire),
  )
  return outcomeCode(prediction)
}

function outcomeCode({ outcome }: Prediction): ExitCode {
  if (outcome === 'basic' || outcome === 'cors' || outcome === 'load') return exitCodes.done
  return outcome === 'unanswered' || outcome === 'not modelled' ? exitCodes.failed : exitCodes.blocked
}
