import { withoutTabsOrSpaces } from './tokens.ts'

/** https://fetch.spec.whatwg.org/#header-value-get-decode-and-split: the parts between commas, minding quoted strings. */
export function getDecodeAndSplit(value: string): string[] {
  // 1-4. Input is value: latin-1 strings are isomorphic to bytes here.
  const values: string[] = []
  let temporaryValue = ''
  let position = 0

  // 5. While true:
  for (;;) {
    // 5.1. Collect what is neither `"` nor `,`.
    const start = position
    while (position < value.length && value[position] !== '"' && value[position] !== ',') position++
    temporaryValue += value.slice(start, position)

    // 5.2. If the code point at position is `"`, then append the result of collecting an HTTP quoted string.
    if (value[position] === '"') {
      const end = endOfQuotedString(value, position)
      temporaryValue += value.slice(position, end)
      position = end
      if (position < value.length) continue
    }

    // 5.3-5. Trim tab and space, append, start anew.
    values.push(withoutTabsOrSpaces(temporaryValue))
    temporaryValue = ''

    // 5.6. If position is past the end of input, then return values.
    if (position >= value.length) return values

    // 5.7-8. Step over the comma.
    position++
  }
}

/** The place after the closing quote, or the end where there is none. */
function endOfQuotedString(value: string, start: number): number {
  let position = start + 1
  while (position < value.length && value[position] !== '"') position += value[position] === '\\' ? 2 : 1
  return Math.min(position + 1, value.length)
}
