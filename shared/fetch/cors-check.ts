import { get } from './header-list.ts'
import type { HeaderList } from './header-list.ts'
import type { Request } from './request.ts'
import type { Ruling } from './ruling.ts'
import { serializeARequestOrigin } from './serialize-a-request-origin.ts'

/** What the check looks at besides the response; browsers put other values in (see `BrowserProfile`). */
export interface CORSCheckInput {
  /** https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin */
  readonly requestOrigin: string
  readonly credentialsMode: Request['credentialsMode']
}

/** https://fetch.spec.whatwg.org/#concept-cors-check */
export function corsCheck(
  { requestOrigin, credentialsMode }: CORSCheckInput,
  headerList: HeaderList,
  status: number,
): Ruling<'success' | 'failure'> {
  // 1. Let origin be the result of getting `Access-Control-Allow-Origin` from response's header list.
  const origin = get(headerList, 'Access-Control-Allow-Origin')
  const facts = { allowOrigin: origin, origin: requestOrigin, credentialsMode, status }

  // 2. If origin is null, then return failure.
  if (origin === null) return { result: 'failure', step: 'cors-check/2', facts }

  // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
  if (credentialsMode !== 'include' && origin === '*') return { result: 'success', step: 'cors-check/3', facts }

  // 4. If the result of byte-serializing a request origin with request is not origin, then return failure.
  if (requestOrigin !== origin) return { result: 'failure', step: 'cors-check/4', facts: { ...facts, values: countOf(headerList) } }

  // 5. If request's credentials mode is not "include", then return success.
  if (credentialsMode !== 'include') return { result: 'success', step: 'cors-check/5', facts }

  // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's header list.
  const allowCredentials = get(headerList, 'Access-Control-Allow-Credentials')

  // 7. If credentials is `true`, then return success.
  if (allowCredentials === 'true') return { result: 'success', step: 'cors-check/7', facts: { ...facts, allowCredentials } }

  // 8. Return failure.
  return { result: 'failure', step: 'cors-check/8', facts: { ...facts, allowCredentials } }
}

/** How many `Access-Control-Allow-Origin` headers there are; some browsers say so in their message. */
const countOf = (headerList: HeaderList): number =>
  headerList.filter(([name]) => name.toLowerCase() === 'access-control-allow-origin').length

/** The input of the check as the standard has it. */
export const corsCheckInput = (request: Request): CORSCheckInput => ({
  requestOrigin: serializeARequestOrigin(request),
  credentialsMode: request.credentialsMode,
})
