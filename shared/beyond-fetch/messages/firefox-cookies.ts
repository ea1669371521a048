import type { FetchParams } from '#shared/fetch/fetch-params'
import { list } from './facts.ts'

/** What Firefox prints of the first cookie that it refuses: netwerk/locales/en-US/necko.properties */
export function firefoxCookieMessage({ trace }: FetchParams): string | undefined {
  for (const { step, facts } of trace) {
    if (step !== 'parse-and-store-response-set-cookie-headers/6.2') continue
    const refused = list(facts?.['refused'])
    for (const [at, reason] of list(facts?.['reasons']).entries()) {
      const name = refused[at] ?? ''
      if (reason === 'same-site') return `Cookie “${name}” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”.`
      if (reason === 'none-without-secure')
        return `Cookie “${name}” rejected because it has the “SameSite=None” attribute but is missing the “secure” attribute.`
    }
  }
  return undefined
}
