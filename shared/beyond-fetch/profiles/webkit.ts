import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import { byteCaseInsensitiveMatch, byteLowercase } from '#shared/fetch/header-list'

import { replacedBytes } from './location.ts'
import { isRangeOfManyDigits } from './range.ts'

const version = '2.50'

function safelistsOtherwise(name: string, value: string) {
  if (byteCaseInsensitiveMatch(name, 'Range') && !value.startsWith('bytes') && isCORSSafelistedRequestHeader(name, byteLowercase(value))) {
    return { safelisted: true, deviation: 'rangeUnitIgnoresCase' }
  }
  if (byteCaseInsensitiveMatch(name, 'Range') && isRangeOfManyDigits(value)) return { safelisted: false, deviation: 'boundsRangeNumbers' }
  return undefined
}

/** Recorded with WebKitGTK 2.50.6 (MiniBrowser). */
export const webkit: BrowserProfile = {
  name: 'webkit',
  label: 'WebKit',
  version,
  shortName: 'Wk',
  maxAgeLimit: 600,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  deviations: [],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    combinesRepeatedHeaders: true,
    missingMethodsAllowNone: true,
    deleteBecomesGETElsewhere: true,
    readsLocation: replacedBytes,
    combinesLocations: true,
    emptyLocation: 'network error',
    wildcardCoversAuthorization: true,
    preflightsAgainAfterRedirect: true,
    keepsHeadersOnRedirect: true,
    keepsOriginHeaderOnRedirect: true,
    checksRedirectsWithInitialCredentials: true,
  },
}
