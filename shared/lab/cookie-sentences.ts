import type { RefusalReason, StayReason } from '#shared/fetch/cookie-store'
import type { Facts } from '#shared/fetch/ruling'
import { listed, text } from './facts.ts'

/** Why a cookie stayed behind, after its name. */
const stays: Readonly<Partial<Record<string, string>> & Record<StayReason, string>> = {
  secure: 'is Secure, and the request goes without https',
  path: 'is for another path',
  strict: 'is SameSite=Strict, and the request is cross-site',
  lax: 'is SameSite=Lax, and the request is cross-site',
  unset: 'says nothing of SameSite, which counts as Lax here, and the request is cross-site',
  'third-party': 'is of another site than the page, and this browser blocks third-party cookies',
  partition: 'is kept for another site’s pages or URLs',
}

/** A clause about the cookie: `it is Secure, and the request goes without https`. */
export const whyItStays = (reason: string): string => `it ${stays[reason] ?? 'is not for this request'}`
export const whyRefused = (reason: string): string => `it ${refusals[reason] ?? 'is no cookie'}`

const refusals: Readonly<Partial<Record<string, string>> & Record<RefusalReason, string>> = {
  unreadable: 'cannot be read',
  domain: 'names a domain that is not the host’s own, or a public suffix',
  secure: 'is Secure, and the answer came without https',
  prefix: 'does not keep what its name’s prefix promises',
  'none-without-secure': 'is SameSite=None without Secure',
  'partitioned-without-secure': 'is Partitioned without Secure',
  'same-site': 'is for its own site only, and the request is cross-site',
  'third-party': 'is of another site than the page, and this browser sets no third-party cookies',
  'leaves-secure-alone': 'would come in the place of a Secure one, without https',
}

export const cookieSentences: Readonly<Record<string, (facts: Facts, result: string) => string>> = {
  'http-network-or-cache-fetch/8.21': (facts) =>
    `${count(listed(facts, 'cookies') ?? [], 'stays', 'stay')} behind: credentials mode "${text(facts, 'credentialsMode')}" sends no cookies here.`,
  'append-a-request-cookie-header/5': (facts) => {
    const sent = listed(facts, 'sent') ?? []
    return [...(sent.length === 0 ? [] : [`${count(sent, 'goes', 'go')} along.`]), ...because(facts, 'stayed', whyItStays, 'stays behind')].join(' ')
  },
  'http-network-fetch/17': (facts) => `Cookies of the answer are not kept: credentials mode "${text(facts, 'credentialsMode')}" takes none here.`,
  'parse-and-store-response-set-cookie-headers/6.2': (facts) => {
    const stored = listed(facts, 'stored') ?? []
    return [...(stored.length === 0 ? [] : [`${count(stored, 'is', 'are')} kept.`]), ...because(facts, 'refused', whyRefused, 'is not kept')].join(' ')
  },
}

const count = (names: readonly string[], one: string, more: string): string =>
  `${names.length === 1 ? 'The cookie' : 'The cookies'} ${names.join(', ')} ${names.length === 1 ? one : more}`

function because(facts: Facts, names: 'stayed' | 'refused', reasonOf: (reason: string) => string, what: string): string[] {
  const why = listed(facts, 'reasons') ?? []
  return (listed(facts, names) ?? []).map((name, at) => `${name} ${what}: ${reasonOf(why[at] ?? '')}.`)
}
