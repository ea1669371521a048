import type { BrowserWays } from './browser-profile.ts'

export type URLWays = Pick<BrowserWays, 'readsSpacesInHosts'>

export interface ParsedURL {
  readonly url: URL
  /** The host had a space in it; `url` is without. */
  readonly hostIsNoHost: boolean
}

/** The scheme and slashes, and the host with what goes before and after it. */
const authority = /^(\s*https?:[\\/]*)([^\\/?#]*)/i

/** https://url.spec.whatwg.org/#url-parsing; null is its failure. */
export function parseURL(input: string, base: string | undefined, ways: URLWays): ParsedURL | null {
  const url = URL.parse(input, base)
  if (url !== null) return { url, hostIsNoHost: false }
  if (!ways.readsSpacesInHosts) return null
  const withoutSpaces = URL.parse(
    input.replace(authority, (_, start: string, host: string) => start + host.replace(/ |%20/g, '')),
    base,
  )
  return withoutSpaces === null ? null : { url: withoutSpaces, hostIsNoHost: true }
}
