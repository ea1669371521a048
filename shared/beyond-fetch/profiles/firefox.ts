import { deviations } from './firefox-deviations.ts'
import { cookieDeviations } from './cookie-deviations.ts'
import { elementDeviations } from './element-deviations.ts'
import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { byteLowercase } from '#shared/fetch/header-list'
import { rawBytesEscaped } from './location.ts'
import { blocksWhatIsNoScript } from './opaque-response-blocking.ts'
import { isRangeBeyond } from './range.ts'
import { firefoxMixedContent } from './mixed-content.ts'
import { firefoxWire } from './wire.ts'

const version = '153'

const beyondASCII = /[^\0-\x7f]/

/** A comma anywhere, or a `;` at the end after another. */
const strayDelimiter = /,|;.*;$/

function safelistsOtherwise(name: string, value: string) {
  const lower = byteLowercase(name)
  if ((lower === 'accept' || lower === 'content-type') && beyondASCII.test(value))
    return { safelisted: false, deviation: 'safelistedValuesMustBeASCII' }
  if (lower === 'content-type' && strayDelimiter.test(value)) return { safelisted: false, deviation: 'readsContentTypeStrictly' }
  if (lower === 'range' && isRangeBeyond(value, 18446744073709551615n)) return { safelisted: false, deviation: 'boundsRangeNumbers' }
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
  wire: firefoxWire,
  deviations: [...deviations(version), ...elementDeviations('firefox', version), ...cookieDeviations('firefox', version)],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    measuresDataURLs: true,
    repeatsRequestedNames: true,
    missingMethodsAllowNone: true,
    cachesNoWildcards: true,
    readsMaxAge: (value) => (/^[0-9]*$/.test(value) ? undefined : 0),
    keepsCredentialedApart: true,
    cacheHasToNameHEAD: true,
    wildcardEndsExposedNames: true,
    replacesCharsetInPlace: true,
    refusesContradictoryHeaders: true,
    readsLocation: rawBytesEscaped,
    ignoresSafelistValueSize: true,
    wildcardCoversAuthorization: true,
    blocksOpaqueResponse: blocksWhatIsNoScript,
    takesNoBodyForEmpty: true,
    fontStatuses: 'ok',
    preloadsHideFailures: true,
    sniffsImagesFirst: true,
    beaconsTellWhatIsBlocked: 'all',
    beaconsOfAnySize: true,
    preflightKeepsOriginAfterRedirect: true,
    tellsOpaqueOrigin: 'while it stays at its page’s site, securely',
    preflightsAgainAfterRedirect: true,
    preflightAsksForOriginalHeaders: true,
  },
  mixedContent: firefoxMixedContent,
  cookies: {
    sitesHaveSchemes: false,
    sandboxedPagesAreOfTheirSite: false,
    trustsLoopback: true,
    noneNeedsSecure: true,
    lastLifetimeCounts: false,
    lastLaxOrStrictCounts: false,
    secureShelters: 'what goes to the same host',
    unsetIsLax: false,
    prefixes: 'any path',
    sameSiteChain: 'whole',
    thirdParty: 'are kept for each page’s site',
    partitionedAttribute: 'for each page’s site',
  },
}
