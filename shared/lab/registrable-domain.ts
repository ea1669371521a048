import { getDomain } from 'tldts'
import type { RegistrableDomain } from '#shared/fetch/site'

/**
 * By the public suffix list that the library carries, private suffixes such as github.io included, as browsers have it. A host that ends with a
 * dot has a domain that ends with one: https://url.spec.whatwg.org/#host-registrable-domain
 */
export const registrableDomain: RegistrableDomain = (host) => {
  const domain = getDomain(host, { allowPrivateDomains: true })
  return domain === null ? null : host.endsWith('.') ? `${domain}.` : domain
}
