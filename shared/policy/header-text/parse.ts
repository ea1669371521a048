import type { Header, HeaderList } from '#shared/fetch/header-list'
import { isHeaderName, withoutTabsOrSpaces } from '#shared/fetch/tokens'
import { asOnTheWire } from '#shared/policy/framed'

export interface TextProblem {
  readonly ok: false
  /** Counted from 1. */
  readonly line: number
  /** A whole sentence. */
  readonly problem: string
}

export interface ParsedText {
  readonly ok: true
  readonly status: number | null
  /** The line it is on; 1 where there is none. */
  readonly statusLine: number
  readonly preflight: HeaderList
  readonly response: HeaderList
}

/** Lines beginning with `#` and a space are comments; those that begin `# preflight` and `# response` say whose lines follow. */
export function parseHeaderText(text: string): ParsedText | TextProblem {
  const sections: { preflight: Header[] | null; response: Header[] | null } = { preflight: null, response: null }
  let section: keyof typeof sections | null = null
  let status: number | null = null
  let statusLine = 1
  for (const [index, untrimmed] of text.split(/\r?\n/).entries()) {
    const [at, line] = [index + 1, withoutTabsOrSpaces(untrimmed)]
    if (line === '') continue
    if (/^#(?:\s|$)/.test(line)) {
      const named = /^#\s+(preflight|response)\b/.exec(line)?.[1] as keyof typeof sections | undefined
      if (named === undefined) continue
      if (sections[named] !== null) return no(at, `There is a line \`# ${named}\` already.`)
      section = named
      sections[named] = []
      continue
    }
    const headers = section === null ? null : sections[section]
    if (headers === null) return no(at, 'A line `# preflight` or `# response` has to say first whose header this is.')
    if (/^(?:HTTP\/[0-9.]+\s+)?[0-9]+(?:\s|$)/.test(line)) {
      if (section === 'response') return no(at, 'The status of a response is its route’s; a policy has that of preflights.')
      if (status !== null) return no(at, 'The preflight has a status already.')
      const read = readStatus(line)
      if (read === null) return no(at, 'A status is a number from 200 to 599.')
      status = read
      statusLine = at
      continue
    }
    const header = readHeader(line)
    if (typeof header === 'string') return no(at, header)
    headers.push(header)
  }
  const { preflight, response } = sections
  if (preflight === null || response === null)
    return no(
      text.split('\n').length,
      `There is no line \`# ${preflight === null ? 'preflight' : 'response'}\`: its headers come after it.`,
    )
  return { ok: true, status, statusLine, preflight, response }
}

const no = (line: number, problem: string): TextProblem => ({ ok: false, line, problem })

function readStatus(line: string): number | null {
  const status = Number(/^(?:HTTP\/[0-9.]+\s+)?([0-9]+)/.exec(line)?.[1])
  return status >= 200 && status <= 599 ? status : null
}

/** The header, or what keeps the line from being one. */
function readHeader(line: string): Header | string {
  const colon = line.indexOf(':')
  if (colon < 0) return 'There is no colon: a header line is a name, a colon and a value.'
  const name = withoutTabsOrSpaces(line.slice(0, colon))
  if (name === '') return 'A header line begins with the header’s name.'
  if (!isHeaderName(name)) return `\`${name}\` is no header name: it may hold letters, digits and ! # $ % & ' * + - . ^ _ | ~ only.`
  if (asOnTheWire([name, '']).length === 0)
    return `\`${name}\` says where a message ends or what becomes of its connection: the server sees to that itself.`
  const value = withoutTabsOrSpaces(line.slice(colon + 1))
  return value.includes('\0') ? 'No header value may hold a NUL.' : [name, value]
}
