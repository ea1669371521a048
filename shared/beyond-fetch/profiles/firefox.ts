import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'

const version = '153'

// eslint-disable-next-line no-control-regex
const beyondASCII = /[^\0-\x7f]/

function safelistsOtherwise(name: string, value: string) {
  if (byteCaseInsensitiveMatch(name, 'Accept') && beyondASCII.test(value)) return { safelisted: false, deviation: 'acceptValuesMustBeASCII' }
  return undefined
}

/** Recorded with Firefox 153.7.0 ESR. */
export const firefox: BrowserProfile = {
  name: 'firefox',
  label: 'Firefox',
  version,
  shortName: 'Fx',
  maxAgeLimit: 86400,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  deviations: [],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    ignoresSafelistValueSize: true,
    wildcardCoversAuthorization: true,
    preflightKeepsOriginAfterRedirect: true,
    preflightsAgainAfterRedirect: true,
    preflightAsksForOriginalHeaders: true,
  },
}
