import type { HeaderList } from '#shared/fetch/header-list'
import { isByteString, isHeaderName, isHeaderValue } from '#shared/fetch/tokens'

export type ReadHeaderLines = { ok: true; headers: [string, string][] } | { ok: false; problem: string }

/** Header lines as they are written in a message, `Name: value`. */
export function readHeaderLines(text: string): ReadHeaderLines {
  const headers: [string, string][] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = line.indexOf(':')
    const [name, value] = [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()]
    if (at < 0) return { ok: false, problem: `Line ${index + 1} has no colon: a header line is a name, a colon and a value.` }
    if (!isHeaderName(name)) return { ok: false, problem: `Line ${index + 1}: "${name}" is not a header name.` }
    if (!isHeaderValue(value) || !isByteString(value))
      return { ok: false, problem: `Line ${index + 1}: the value has a character that no header may have.` }
    headers.push([name, value])
  }
  return { ok: true, headers }
}

export const writeHeaderLines = (headers: HeaderList): string => headers.map(([name, value]) => `${name}: ${value}`).join('\n')
