import type { Scenario } from '#shared/scenario/scenario'
import { isScenario, parseScenario } from './parse-scenario.ts'
import { openText, readLines, readText, type Line } from './text-in.ts'

/** What is answered in the place of a line that is no scenario. */
export interface Unread {
  readonly error: string
  readonly line: number
  readonly field: string
}

/** A `.json` file is one scenario, laid out as its author likes; anything else has one on every line. */
export async function* scenarioLines(file: string): AsyncGenerator<Line[]> {
  if (file.endsWith('.json')) yield [{ number: 1, text: await readText(file) }]
  else yield* readLines(openText(file))
}

export function readScenario({ number, text }: Line): Scenario | Unread {
  if (text === null) return { error: 'It is longer than 16 Mi characters.', line: number, field: 'The whole line' }
  const parsed = parseScenario(text)
  return isScenario(parsed) ? parsed : { error: parsed.reason, line: number, field: parsed.where.replace('Line 1, c', 'C') }
}

export const unreadInWords = ({ line, field, error }: Unread): string => `Line ${line} is not a scenario. ${field}: ${error}\n`
