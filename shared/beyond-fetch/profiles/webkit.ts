import { deviations } from './webkit-deviations.ts'
import { cookieDeviations } from './cookie-deviations.ts'
import { elementDeviations } from './element-deviations.ts'
import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { isCORSSafelistedRequestHeader } from '#shared/fetch/cors-safelisted-request-header'
import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import { webkitMixedContent } from './mixed-content.ts'
import { webkitWire } from './wire.ts'

import { replacedBytes } from './location.ts'
import { asSignedInteger } from './max-age.ts'

const version = '2.50'

const rangePattern = /^bytes=\+?([0-9]+)-(?:\+?([0-9]+))?$/i
const greatest = 18446744073709551615n

/** A Range as WebKit reads it: `BYTES` and a `+` before a number are as good, and numbers have 64 bits. */
function isSafelistedRange(value: string): boolean {
  const match = rangePattern.exec(value)
  if (match?.[1] === undefined) return false
  const start = BigInt(match[1])
  const end = match[2] === undefined ? null : BigInt(match[2])
  return start <= greatest && (end === null || (end <= greatest && start <= end))
}

function safelistsOtherwise(name: string, value: string) {
  if (!byteCaseInsensitiveMatch(name, 'Range') || value.length > 128) return undefined
  const safelisted = isSafelistedRange(value)
  return safelisted === isCORSSafelistedRequestHeader(name, value) ? undefined : { safelisted, deviation: 'readsRangeItsOwnWay' }
}

/** Recorded with WebKitGTK 2.50.6 (MiniBrowser). */
export const webkit: BrowserProfile = {
  name: 'webkit',
  label: 'WebKit',
  version,
  shortName: 'Wk',
  maxAgeLimit: 600,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  wire: webkitWire,
  deviations: [...deviations(version), ...elementDeviations('webkit', version), ...cookieDeviations('webkit', version)],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    combinesRepeatedHeaders: true,
    missingMethodsAllowNone: true,
    redirectsOnOtherStatuses: true,
    refusesFTPLocations: true,
    ignoresBlobTypesThatAreNone: true,
    preflightsBeforeRefusingCredentials: true,
    preflightsBeforeBlocking: true,
    deleteBecomesGETElsewhere: true,
    readsLocation: replacedBytes,
    redirectsNeedALocation: true,
    refusesAboutBlank: true,
    combinesLocations: true,
    emptyLocation: 'network error',
    wildcardCoversAuthorization: true,
    elementsSendOriginAtHome: true,
    runsScriptsOfRedirectStatus: 'classic and module',
    resourcePolicySites: 'by how a host ends',
    takesNoBodyForEmpty: true,
    fontsWithoutCORS: true,
    fontStatuses: 'below 400',
    workersThrowElsewhere: true,
    beaconsTellWhatIsBlocked: 'all',
    beaconsTellThePagesURL: true,
    readsMaxAge: asSignedInteger,
    keepsLastPreflightOnly: true,
    cachedWildcardsNeedNoCredentials: 'of the request',
    keepsRefusingPreflights: true,
    cachedWildcardCoversAuthorization: true,
    preflightsAgainAfterRedirect: true,
    keepsHeadersOnRedirect: true,
    keepsOriginHeaderOnRedirect: true,
    checksRedirectsWithInitialCredentials: true,
  },
  mixedContent: webkitMixedContent,
  cookies: {
    sitesHaveSchemes: false,
    sandboxedPagesAreOfTheirSite: true,
    trustsLoopback: false,
    noneNeedsSecure: false,
    lastLifetimeCounts: true,
    lastLaxOrStrictCounts: true,
    secureShelters: 'itself',
    unsetIsLax: false,
    prefixes: 'mean nothing',
    sameSiteChain: 'whole, in one scheme, but for the page’s host',
    thirdParty: 'go along, but are not set',
    partitionedAttribute: 'means nothing',
  },
}
