import { contains, get, type Header, type HeaderList } from '#shared/fetch/header-list'
import { withHeaderEdits } from './header-edits.ts'
import { originMatcher } from './origin-pattern.ts'
import type { Policy } from './policy.ts'

/** https://fetch.spec.whatwg.org/#cors-preflight-request */
export const isCORSPreflightRequest = ({ method, headerList }: { method: string; headerList: HeaderList }): boolean =>
  method === 'OPTIONS' && contains(headerList, 'Origin') && contains(headerList, 'Access-Control-Request-Method')

/** A policy, made ready to answer many requests. */
export interface CORSLayer {
  /** What it answers to a CORS-preflight request. */
  preflight(requestHeaderList: HeaderList): HeaderList
  /** What it adds to the answer to any other request: https://fetch.spec.whatwg.org/#http-responses */
  response(requestHeaderList: HeaderList): HeaderList
  /** Whether the request comes from an origin that gets a 403. */
  forbids(requestHeaderList: HeaderList): boolean
}

/** @param policy is not looked at again where it is a list: who changes it makes another layer. */
export function corsLayer(policy: Policy): CORSLayer {
  const { methods, requestHeaders, maxAge, headerEdits } = policy
  const allowOrigin = allowOriginOf(policy)
  const credentials: Header[] = policy.credentials ? [['Access-Control-Allow-Credentials', 'true']] : []
  const age: Header[] = maxAge === null ? [] : [['Access-Control-Max-Age', String(maxAge)]]
  const allowMethods = methods === 'asked' ? null : list('Access-Control-Allow-Methods', methods)
  const allowHeaders = requestHeaders === 'asked' ? null : list('Access-Control-Allow-Headers', requestHeaders)
  const exposed = list('Access-Control-Expose-Headers', policy.exposedHeaders)
  const varyOfResponse = vary(policy, 'response')
  const varyOfPreflight = vary(policy, 'preflight')

  const preflightLines = (requested: HeaderList): HeaderList => {
    const value = allowOrigin(requested)
    if (value === null) return varyOfPreflight
    return [
      ['Access-Control-Allow-Origin', value],
      ...credentials,
      ...(allowMethods ?? asked('Access-Control-Allow-Methods', requested, 'Access-Control-Request-Method')),
      ...(allowHeaders ?? asked('Access-Control-Allow-Headers', requested, 'Access-Control-Request-Headers')),
      ...age,
      ...varyOfPreflight,
    ]
  }
  const responseLines = (requested: HeaderList): HeaderList => {
    const value = allowOrigin(requested)
    return value === null ? varyOfResponse : [['Access-Control-Allow-Origin', value], ...credentials, ...exposed, ...varyOfResponse]
  }
  return {
    preflight: (requested) => withHeaderEdits(preflightLines(requested), headerEdits, 'preflight'),
    response: (requested) => withHeaderEdits(responseLines(requested), headerEdits, 'response'),
    forbids: (requested) => policy.refusedOrigin === '403' && contains(requested, 'Origin') && allowOrigin(requested) === null,
  }
}

/** The value of `Access-Control-Allow-Origin`; null where the policy does not let this origin in. */
function allowOriginOf({ origins, refusedOrigin }: Policy): (requestHeaderList: HeaderList) => string | null {
  if (origins === 'none') return () => null
  if (origins === 'any') return () => '*'
  if (origins === 'asked') return (requested) => get(requested, 'Origin')
  const matchers = origins.map(originMatcher)
  const otherwise = refusedOrigin === 'first-origin' ? (origins[0] ?? null) : null
  return (requested) => {
    const origin = get(requested, 'Origin')
    return origin !== null && matchers.some((matches) => matches(origin)) ? origin : otherwise
  }
}

/** The value goes back as it came, commas and all. */
function asked(name: string, requestHeaderList: HeaderList, asking: string): Header[] {
  const value = get(requestHeaderList, asking)
  return value === null ? [] : [[name, value]]
}

const list = (name: string, entries: readonly string[]): Header[] => (entries.length === 0 ? [] : [[name, entries.join(', ')]])

/** https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches */
function vary(policy: Policy, kind: 'preflight' | 'response'): Header[] {
  return list('Vary', [
    ...(policy.vary.origin ? ['Origin'] : []),
    ...(policy.vary.preflight && kind === 'preflight' ? ['Access-Control-Request-Method', 'Access-Control-Request-Headers'] : []),
  ])
}
