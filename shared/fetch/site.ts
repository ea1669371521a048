import type { Origin } from './origin.ts'

/**
 * A host's registrable domain by the public suffix list; null for an address, a single label or a public suffix. The list is the caller's:
 * the steps hold no table of their own.
 * https://url.spec.whatwg.org/#host-registrable-domain
 */
export type RegistrableDomain = (host: string) => string | null

/** https://html.spec.whatwg.org/#schemelessly-same-site, of two hosts. */
export function isSchemelesslySameSite(a: string, b: string, registrableDomain: RegistrableDomain): boolean {
  if (a === b) return true
  const domain = registrableDomain(a)
  return domain !== null && domain === registrableDomain(b)
}

/** https://html.spec.whatwg.org/#same-site, of a request's origin and a URL's. */
export function isSameSite(origin: Origin, url: URL, registrableDomain: RegistrableDomain): boolean {
  if (origin.opaque) return false
  const { protocol, hostname } = new URL(origin.serialized)
  return protocol === url.protocol && isSchemelesslySameSite(hostname, url.hostname, registrableDomain)
}
