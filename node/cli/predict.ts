import { once } from 'node:events'
import { parseArgs } from 'node:util'
import type { ProfileName } from '#shared/lab/prediction'
import { predict } from '#shared/lab/predict'
import { readBrowser } from './command-line.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import type { Misread } from './parse-json.ts'
import { parseScenario, isScenario } from './parse-scenario.ts'
import { compact, report } from './report.ts'
import { openText, readLines, readText, type Line } from './text-in.ts'

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

  for await (const lines of scenariosIn(file)) {
    let out = ''
    for (const line of lines) {
      const answer = answerTo(line, profile)
      if (!('prediction' in answer)) code = exitCodes.usage
      out += values.json ? `${JSON.stringify('prediction' in answer ? compact(answer.prediction) : answer)}\n` : inWords(answer)
    }
    if (!process.stdout.write(out)) await once(process.stdout, 'drain')
  }
  return code
}

/** A `.json` file is one scenario, laid out as its author likes; anything else has one on every line. */
async function* scenariosIn(file: string): AsyncGenerator<Line[]> {
  if (file.endsWith('.json')) yield [{ number: 1, text: await readText(file) }]
  else yield* readLines(openText(file))
}

type Answer = { prediction: ReturnType<typeof predict> } | { error: string; line: number; field: string }

function answerTo({ number, text }: Line, profile: ProfileName): Answer {
  const parsed = text === null ? tooLong : parseScenario(text)
  return isScenario(parsed)
    ? { prediction: predict(parsed, profile) }
    : { error: parsed.reason, line: number, field: parsed.where.replace('Line 1, c', 'C') }
}

const tooLong: Misread = { where: 'The whole line', reason: 'It is longer than 16 Mi characters.' }

const inWords = (answer: Answer): string =>
  'prediction' in answer
    ? report(answer.prediction, 'predicted')
    : `Line ${answer.line} is not a scenario. ${answer.field}: ${answer.error}\n\n`
