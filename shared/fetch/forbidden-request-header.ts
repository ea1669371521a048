import { byteLowercase } from './header-list.ts'
import { getDecodeAndSplit } from './get-decode-and-split.ts'
import { isForbiddenMethod } from './methods.ts'

const forbiddenNames = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
])

const methodOverrideNames = new Set(['x-http-method', 'x-http-method-override', 'x-method-override'])

/** https://fetch.spec.whatwg.org/#forbidden-request-header: the browser drops it without a word. */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = byteLowercase(name)

  // 1. If name is a byte-case-insensitive match for one of … then return true.
  if (forbiddenNames.has(lower)) return true

  // 2. If name when byte-lowercased starts with `proxy-` or `sec-`, then return true.
  if (lower.startsWith('proxy-') || lower.startsWith('sec-')) return true

  // 3. If name is a byte-case-insensitive match for one of … then: for each method of parsedValues: if it is a forbidden method, then return true.
  if (methodOverrideNames.has(lower)) return getDecodeAndSplit(value).some(isForbiddenMethod)

  // 4. Return false.
  return false
}
