import { byteCaseInsensitiveMatch } from './header-list.ts'
import type { HeaderList } from './header-list.ts'
import { isToken, withoutTabsOrSpaces } from './tokens.ts'

const listNames = new Set(['access-control-allow-methods', 'access-control-allow-headers', 'access-control-expose-headers'])
const maxAgePattern = /^[0-9]+$/

/**
 * https://fetch.spec.whatwg.org/#extract-header-list-values, for the four CORS headers that are extracted: three are lists of tokens, `#token`,
 * whose empty members count for nothing; `Access-Control-Max-Age` is one number, `delta-seconds`.
 */
export function extractHeaderListValues(name: string, list: HeaderList): readonly string[] | 'failure' | null {
  const headers = list.filter(([each]) => byteCaseInsensitiveMatch(each, name))

  // 1. If list does not contain name, then return null.
  if (headers.length === 0) return null

  // 2. If the ABNF for name allows a single header and list contains more than one, then return failure.
  const isList = listNames.has(name.toLowerCase())
  if (!isList && headers.length > 1) return 'failure'

  // 3. Let values be an empty list.
  const values: string[] = []

  // 4. For each header header list contains whose name is name:
  for (const [, value] of headers) {
    // 4.1-3. Extract header values from header; if that fails, return failure; append each value in extract to values.
    if (isList) {
      for (const member of splitList(value)) {
        if (!isToken(member)) return 'failure'
        values.push(member)
      }
    } else {
      if (!maxAgePattern.test(value)) return 'failure'
      values.push(value)
    }
  }

  // 5. Return values.
  return values
}

/** https://httpwg.org/specs/rfc9110.html#abnf.extension.recipient: members without the whitespace about them; empty members left out. */
export function splitList(value: string): string[] {
  const members: string[] = []
  for (const part of value.split(',')) {
    const member = withoutTabsOrSpaces(part)
    if (member !== '') members.push(member)
  }
  return members
}

/** The first member that is no token, for the sentence that says why the extraction failed. */
export function firstInvalidMember(name: string, list: HeaderList): string | null {
  for (const [each, value] of list) {
    if (!byteCaseInsensitiveMatch(each, name)) continue
    const invalid = splitList(value).find((member) => !isToken(member))
    if (invalid !== undefined) return invalid
  }
  return null
}
