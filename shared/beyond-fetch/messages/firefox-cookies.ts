import type { FetchParams } from '#shared/fetch/fetch-params'
import { list } from './facts.ts'

/** By the reason for which a cookie is refused: netwerk/locales/en-US/necko.properties */
const words: Readonly<Record<string, string>> = {
  'none-without-secure': 'rejected because it has the “SameSite=None” attribute but is missing the “secure” attribute',
  domain: 'has been rejected for invalid domain',
  prefix: 'has been rejected for invalid prefix',
  secure: 'has been rejected because a non-HTTPS cookie can’t be set as “secure”',
  'same-site': 'has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”',
  'partitioned-without-secure': 'has been rejected because it has the “Partitioned” attribute but is missing the “secure” attribute',
  'leaves-secure-alone': 'has been rejected because there is an existing “secure” cookie',
}

/** What Firefox prints of the first cookie that it refuses. */
export function firefoxCookieMessage({ trace }: FetchParams): string | undefined {
  for (const { step, facts } of trace) {
    if (step !== 'parse-and-store-response-set-cookie-headers/6.2') continue
    const refused = list(facts?.['refused'])
    for (const [at, reason] of list(facts?.['reasons']).entries())
      if (words[reason] !== undefined) return `Cookie “${refused[at] ?? ''}” ${words[reason]}.`
  }
  return undefined
}
