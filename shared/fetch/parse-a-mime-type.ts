import { byteLowercase } from './header-list.ts'
import { httpWhitespace, isToken, withoutEdges } from './tokens.ts'

export interface MIMEType {
  /** https://mimesniff.spec.whatwg.org/#mime-type-essence, lower case. */
  readonly essence: string
  /** Names in lower case; the first of a name counts. */
  readonly parameters: ReadonlyMap<string, string>
}

/** https://mimesniff.spec.whatwg.org/#parse-a-mime-type; null is its failure. */
export function parseAMIMEType(input: string): MIMEType | null {
  const text = withoutEdges(input, httpWhitespace)
  const slash = text.indexOf('/')
  if (slash === -1 || !isToken(text.slice(0, slash))) return null
  const semicolon = text.indexOf(';', slash)
  // Only trailing whitespace: `text/ plain` is no MIME type.
  const subtype = text.slice(slash + 1, semicolon === -1 ? text.length : semicolon).replace(/[\t\n\r ]+$/, '')
  if (!isToken(subtype)) return null
  const essence = byteLowercase(`${text.slice(0, slash)}/${subtype}`)
  return { essence, parameters: semicolon === -1 ? none : parametersOf(text, semicolon) }
}

const none: ReadonlyMap<string, string> = new Map()

/** The parameters' part of the algorithm, from the first `;` on. */
function parametersOf(text: string, start: number): Map<string, string> {
  const parameters = new Map<string, string>()
  let position = start
  while (position < text.length) {
    position++
    const nameEnd = /[;=]|$/.exec(text.slice(position))?.index ?? 0
    const name = byteLowercase(text.slice(position, position + nameEnd).replace(/^[\t\n\r ]+/, ''))
    position += nameEnd
    if (text[position] !== '=') continue
    position++
    let value: string
    if (text[position] === '"') {
      const end = endOfQuotedString(text, position)
      value = text.slice(position + 1, end).replace(/\\(.)|"$/gs, '$1')
      position = text.indexOf(';', end)
      if (position === -1) position = text.length
    } else {
      const end = text.indexOf(';', position)
      value = text.slice(position, end === -1 ? text.length : end).replace(/[\t\n\r ]+$/, '')
      position = end === -1 ? text.length : end
      if (value === '') continue
    }
    if (isToken(name) && isQuotedStringText(value) && !parameters.has(name)) parameters.set(name, value)
  }
  return parameters
}

/** The place after the last character inside the quotes. */
function endOfQuotedString(text: string, start: number): number {
  let position = start + 1
  while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1
  return Math.min(position, text.length)
}

/** https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point, for a whole string. */
const isQuotedStringText = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

/** https://mimesniff.spec.whatwg.org/#serialize-a-mime-type */
export function serializeAMIMEType({ essence, parameters }: MIMEType): string {
  let serialization = essence
  for (const [name, value] of parameters) {
    serialization += `;${name}=${isToken(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`
  }
  return serialization
}
