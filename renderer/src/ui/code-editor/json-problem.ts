import { offsetOfJSONError } from '#shared/codecs/json-place'
import type { CodeProblem } from './options.ts'

/** Where a text stops being JSON, as a mark under it; an empty list where it is JSON. */
export function jsonProblem(text: string, message = 'Here it stops being JSON.'): readonly CodeProblem[] {
  const offset = offsetOfJSONError(text)
  if (offset === null) return []
  // At the end there is nothing to underline but what comes before.
  const from = Math.min(offset, Math.max(0, text.length - 1))
  return [{ from, to: Math.min(text.length, from + 1), severity: 'warning', message }]
}
