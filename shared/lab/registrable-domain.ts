import { getDomain } from 'tldts'
import type { RegistrableDomain } from '#shared/fetch/site'

/** By the public suffix list that the library carries, private suffixes such as github.io included, as browsers have it. */
export const registrableDomain: RegistrableDomain = (host) => getDomain(host, { allowPrivateDomains: true })
