import { contains, get, type Header, type HeaderList } from '#shared/fetch/header-list'
import { originMatches } from './origin-pattern.ts'
import type { Policy } from './policy.ts'

/** https://fetch.spec.whatwg.org/#cors-preflight-request */
export const isCORSPreflightRequest = ({ method, headerList }: { method: string; headerList: HeaderList }): boolean =>
  method === 'OPTIONS' && contains(headerList, 'Origin') && contains(headerList, 'Access-Control-Request-Method')

/** What a policy adds to the answer to any request that is not a CORS-preflight request: https://fetch.spec.whatwg.org/#http-responses */
export function corsHeaders(policy: Policy, requestHeaderList: HeaderList): Header[] {
  const allowed = allowOrigin(policy, requestHeaderList)
  return [
    ...allowed,
    ...(allowed.length > 0 ? list('Access-Control-Expose-Headers', policy.exposedHeaders) : []),
    ...vary(policy, 'request'),
  ]
}

/** What a policy answers to a CORS-preflight request. */
export function corsPreflightHeaders(policy: Policy, requestHeaderList: HeaderList): Header[] {
  const allowed = allowOrigin(policy, requestHeaderList)
  return [...allowed, ...(allowed.length > 0 ? allowRequest(policy, requestHeaderList) : []), ...vary(policy, 'preflight')]
}

/** `Access-Control-Allow-Origin` and `-Credentials`; nothing where the policy does not let this origin in. */
function allowOrigin({ origins, credentials }: Policy, requestHeaderList: HeaderList): Header[] {
  const origin = get(requestHeaderList, 'Origin')
  const value =
    origins === 'any'
      ? '*'
      : origins === 'none' || origin === null
        ? null
        : origins === 'asked' || origins.some((entry) => originMatches(entry, origin))
          ? origin
          : null
  if (value === null) return []
  return [['Access-Control-Allow-Origin', value], ...(credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : [])]
}

function allowRequest({ methods, requestHeaders, maxAge }: Policy, requestHeaderList: HeaderList): Header[] {
  return [
    ...list('Access-Control-Allow-Methods', methods === 'asked' ? asked(requestHeaderList, 'Access-Control-Request-Method') : methods),
    ...list(
      'Access-Control-Allow-Headers',
      requestHeaders === 'asked' ? asked(requestHeaderList, 'Access-Control-Request-Headers') : requestHeaders,
    ),
    ...(maxAge === null ? [] : [['Access-Control-Max-Age', String(maxAge)] as const]),
  ]
}

/** The value goes back as it came, commas and all. */
function asked(requestHeaderList: HeaderList, name: string): string[] {
  const value = get(requestHeaderList, name)
  return value === null ? [] : [value]
}

const list = (name: string, entries: readonly string[]): Header[] => (entries.length === 0 ? [] : [[name, entries.join(', ')]])

/** https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches */
function vary(policy: Policy, kind: 'preflight' | 'request'): Header[] {
  return list('Vary', [
    ...(policy.vary.origin ? ['Origin'] : []),
    ...(policy.vary.preflight && kind === 'preflight' ? ['Access-Control-Request-Method', 'Access-Control-Request-Headers'] : []),
  ])
}
