import type { HeaderList } from '#shared/fetch/header-list'
import type { HTTPNetworkFetch } from '#shared/fetch/steps'

/** A request as the lab puts it on the wire. */
export interface SentRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headerList: HeaderList
  /** Bytes as a latin-1 string. */
  readonly body: string
}

/**
 * What the transport adds to an HTTP-network fetch: `Host`, `Connection` and `Content-Length`, spelled and placed as browsers do. A run sends
 * this, and a prediction hands it to a mock server, so that an echo gives back the same bytes in both.
 * https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, steps 8.5 to 8.9, for the length
 */
export function asSent({ method, url, headerList, body }: HTTPNetworkFetch): SentRequest {
  const { host, href } = new URL(url)
  const length = body?.length ?? (method === 'POST' || method === 'PUT' ? 0 : null)
  const path = href.indexOf('/', href.indexOf('//') + 2)
  return {
    method,
    target: href.slice(path).replace(/#.*$/, ''),
    headerList: [
      ['Host', host],
      ['Connection', 'keep-alive'],
      ...(length === null ? [] : [['Content-Length', String(length)] as const]),
      ...headerList,
    ],
    body: body ?? '',
  }
}
