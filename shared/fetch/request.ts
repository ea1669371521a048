import type { Header } from './header-list.ts'
import type { Origin } from './origin.ts'

/** https://fetch.spec.whatwg.org/#concept-body: its bytes as a latin-1 string. Its source is never null: streams are not modelled. */
export interface Body {
  readonly bytes: string
}

/** https://fetch.spec.whatwg.org/#concept-request-destination; '' is what `fetch()`, EventSource, beacons and preloads of data have. */
export type Destination = '' | 'image' | 'script' | 'style' | 'font' | 'iframe' | 'worker'

/** https://fetch.spec.whatwg.org/#request-initiator-type */
export type InitiatorType = 'fetch' | 'xmlhttprequest' | 'img' | 'script' | 'css' | 'font' | 'link' | 'iframe' | 'beacon' | 'other'

/** https://fetch.spec.whatwg.org/#concept-request: the fields that CORS looks at, under the standard's names. */
export interface Request {
  method: string
  /** https://fetch.spec.whatwg.org/#concept-request-url-list; the last is the current URL. */
  readonly urlList: URL[]
  /** The script's URL has a host with a space in it, which some browsers take for a host; nobody answers there. */
  readonly hostIsNoHost: boolean
  headerList: Header[]
  readonly unsafeRequestFlag: boolean
  body: Body | null
  readonly origin: Origin
  /** The URL that the `Referer` header names, serialized; null for none. */
  readonly referrer: string | null
  readonly mode: 'cors' | 'no-cors' | 'same-origin' | 'navigate'
  readonly useCORSPreflightFlag: boolean
  readonly credentialsMode: 'omit' | 'same-origin' | 'include'
  /** A navigation follows redirects by steps of its own, which come to the same as "follow". */
  readonly redirectMode: 'follow' | 'error' | 'manual'
  readonly destination: Destination
  readonly cacheMode: 'default' | 'no-store'
  /** It asks for a module script; the standard tells by whoever asked. */
  readonly isModule?: boolean
  responseTainting: 'basic' | 'cors' | 'opaque'
  redirectCount: number
  /** Which call or element made it; nothing in the standard asks, but browsers do. */
  readonly initiatorType: InitiatorType
}

/** https://fetch.spec.whatwg.org/#concept-request-current-url */
export function currentURL(request: Request): URL {
  const url = request.urlList.at(-1)
  if (url === undefined) throw new Error('A request always has a URL.')
  return url
}
