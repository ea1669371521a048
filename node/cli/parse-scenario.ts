import { Scenario } from '#shared/scenario/scenario'
import { isMisread, parseAs, parseJSON, type Misread } from './parse-json.ts'

/** Text from outside to a scenario, or to what is wrong with it. What a scenario does not know, such as a vector's `family`, is left out. */
export function parseScenario(text: string): Scenario | Misread {
  const json = parseJSON(text)
  if (isMisread(json)) return json
  const parsed = parseAs(Scenario, json.value)
  return isMisread(parsed) ? parsed : parsed.output
}

export const isScenario = (parsed: Scenario | Misread): parsed is Scenario => 'request' in parsed
