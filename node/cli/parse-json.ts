import * as v from 'valibot'

/** Where a text stops being what it should be, and why. */
export interface Misread {
  /** The field's path, such as `request.url`; or the place in the text where it stops being JSON. */
  readonly where: string
  readonly reason: string
}

export const isMisread = (read: object): read is Misread => 'where' in read

export function parseJSON(text: string): { value: unknown } | Misread {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return notJSON(text, error)
  }
}

export function parseAs<S extends v.GenericSchema>(schema: S, value: unknown): { output: v.InferOutput<S> } | Misread {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return { output: parsed.output }
  const [issue] = parsed.issues
  return { where: v.getDotPath(issue) ?? 'The whole value', reason: `${issue.message}.` }
}

function notJSON(text: string, error: unknown): Misread {
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
