import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import { predict } from '#shared/lab/predict'
import type { Scenario } from '#shared/scenario/scenario'
import { readBrowser } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { compact, report } from './report.ts'
import { readScenario, scenarioLines, unreadInWords, type Unread } from './scenarios-in.ts'
import type { Line } from './text-in.ts'

/**
 * `corslab predict [FILE] [--browser NAME] [--json]`: one scenario a line in, one prediction a line out, in order.
 * Input is read no faster than output is taken, so a million lines need no more memory than a hundred. A line that is no scenario is answered
 * in its place, and the others go on.
 */
export async function predictVerb(args: string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args,
    options: { browser: { type: 'string' }, json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const profile = readBrowser(values.browser)
  const [file = '-'] = positionals
  let code: ExitCode = exitCodes.done

  for await (const lines of scenarioLines(file)) {
    let out = ''
    for (const line of lines) {
      const answer = answerTo(line, profile)
      if (!('prediction' in answer)) code = exitCodes.usage
      out += values.json ? `${JSON.stringify('prediction' in answer ? compact(answer.scenario, answer.prediction) : answer)}\n` : inWords(answer)
    }
    if (!process.stdout.write(out)) await once(process.stdout, 'drain')
  }
  return code
}

type Answer = { scenario: Scenario; prediction: Prediction } | Unread

function answerTo(line: Line, profile: ProfileName): Answer {
  const scenario = readScenario(line)
  return 'error' in scenario ? scenario : { scenario, prediction: predict(scenario, profile) }
}

const inWords = (answer: Answer): string => ('prediction' in answer ? report(answer.scenario, answer.prediction, 'predicted') : `${unreadInWords(answer)}\n`)
