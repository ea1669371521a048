import * as v from 'valibot'
import { Scenario } from '#shared/scenario/scenario'

/** Where a text stops being a scenario, and why. */
export interface NotAScenario {
  /** The field's path, such as `request.url`; or the place in the text where it stops being JSON. */
  readonly where: string
  readonly reason: string
}

/** Text from outside to a scenario, or to what is wrong with it. What a scenario does not know, such as a vector's `family`, is left out. */
export function parseScenario(text: string): Scenario | NotAScenario {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return notJSON(text, error)
  }
  const parsed = v.safeParse(Scenario, value)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  return { where: v.getDotPath(issue) ?? 'The whole value', reason: `${issue.message}.` }
}

export const isScenario = (parsed: Scenario | NotAScenario): parsed is Scenario => 'request' in parsed

function notJSON(text: string, error: unknown): NotAScenario {
  const message = error instanceof Error ? error.message : ''
  const before = text.slice(0, brokenAt(text)).split('\n')
  const where = `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  return { where, reason: `Not JSON: ${message.replace(/ in JSON at position.*$/s, '').replace(/, ("|\.\.\.).*$/s, '')}.` }
}

/**
 * The first character that JSON cannot go on with. V8 names the position for some errors only, so this asks for the longest beginning whose
 * only fault is that it ends.
 */
function brokenAt(text: string): number {
  let [sound, broken] = [0, text.length + 1]
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2)
    if (isBeginning(text.slice(0, middle))) sound = middle
    else broken = middle
  }
  return sound
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const position = /at position (\d+)/.exec(message)?.[1]
    return message.startsWith('Unexpected end') || message.startsWith('Unterminated string') || position === String(text.length)
  }
}
