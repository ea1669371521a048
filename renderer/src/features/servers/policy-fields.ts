import { byteLowercase } from '#shared/fetch/header-list'
import type { Policy } from '#shared/policy/policy'

/** What the form has a row for. */
export type PolicyFieldName = keyof Policy

const fieldOfHeader: Readonly<Record<string, PolicyFieldName>> = {
  'access-control-allow-origin': 'origins',
  'access-control-allow-credentials': 'credentials',
  'access-control-allow-methods': 'methods',
  'access-control-allow-headers': 'requestHeaders',
  'access-control-expose-headers': 'exposedHeaders',
  'access-control-max-age': 'maxAge',
  vary: 'vary',
}

/** The row that a line of the header text is about: a header's, or the preflight's status; null for any other line. */
export function fieldOfLine(line: string): PolicyFieldName | null {
  if (/^\s*[1-5]\d\d\b/.test(line)) return 'preflightStatus'
  const name = line.slice(0, Math.max(line.indexOf(':'), 0)).trim()
  return fieldOfHeader[byteLowercase(name)] ?? null
}
