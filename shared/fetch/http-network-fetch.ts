import { parseAndStoreResponseSetCookieHeaders } from './cookie-headers.ts'
import { rule } from './fetch-params.ts'
import type { FetchParams } from './fetch-params.ts'
import { byteCaseInsensitiveMatch } from './header-list.ts'
import type { HeaderList } from './header-list.ts'
import { networkError, unanswered } from './response.ts'
import type { ActualResponse, NetworkError } from './response.ts'
import type { FetchSteps, HTTPNetworkFetch } from './steps.ts'
import { isHeaderName } from './tokens.ts'

/** https://fetch.spec.whatwg.org/#concept-http-network-fetch: the pause. Whoever drives the steps answers. */
export function* httpNetworkFetch(fetchParams: FetchParams, sent: HTTPNetworkFetch): FetchSteps<ActualResponse | NetworkError> {
  // 1-8.4. Connections are the driver's.
  // 8.5. Set response to the result of making an HTTP request over connection using request …
  const answer = yield sent
  fetchParams.exchanges.push({ sent, answer })
  const { kind, method, url } = sent
  switch (answer.type) {
    case 'response':
      if (fetchParams.profile.ways.refusesContradictoryHeaders) {
        const headerName = contradictory(answer.headerList)
        if (headerName !== undefined) {
          const facts = { kind, method, url, reason: `There are two different ${headerName.toLowerCase()} headers.` }
          rule(fetchParams, 'stopped', { step: 'http-network-fetch/8.5', result: 'network error', facts }, 'refusesContradictoryHeaders')
          return networkError
        }
      }
      takeCookies(fetchParams, sent, answer.headerList)
      return { type: 'default', status: answer.status, headerList: withValidNames(answer.headerList), body: answer.body }
    case 'network-error':
      rule(fetchParams, 'stopped', {
        step: 'http-network-fetch/8.5',
        result: 'network error',
        facts: { kind, method, url, reason: answer.reason },
      })
      return networkError
    case 'unanswered':
      rule(fetchParams, 'stopped', { step: 'http-network-fetch/8.5', result: 'unanswered', facts: { kind, method, url } })
      return unanswered
  }
}

function takeCookies(fetchParams: FetchParams, { kind, includeCredentials }: HTTPNetworkFetch, headerList: HeaderList): void {
  // 17. If includeCredentials is true, then the user agent should parse and store response `Set-Cookie` headers.
  if (kind === 'request') parseAndStoreResponseSetCookieHeaders(fetchParams, headerList, includeCredentials)
}

/** A line whose name is no token is no header: every browser leaves it out and reads on. */
const withValidNames = (headerList: HeaderList): HeaderList =>
  headerList.every(([name]) => isHeaderName(name)) ? headerList : headerList.filter(([name]) => isHeaderName(name))

/** The name of a header that is there twice with different values, where one is all there may be. */
const contradictory = (headerList: HeaderList): string | undefined =>
  ['Location', 'Content-Disposition', 'Content-Length'].find((name) => {
    const first = headerList.find(([each]) => byteCaseInsensitiveMatch(each, name))
    return first !== undefined && headerList.some(([each, value]) => byteCaseInsensitiveMatch(each, name) && value !== first[1])
  })
