import { deviations } from './chromium-deviations.ts'
import { cookieDeviations } from './cookie-deviations.ts'
import { elementDeviations } from './element-deviations.ts'
import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { byteLowercase } from '#shared/fetch/header-list'
import { rawBytesEscaped } from './location.ts'
import { blocksMarkupAndData } from './opaque-response-blocking.ts'
import { asSignedInteger } from './max-age.ts'
import { isRangeBeyond } from './range.ts'
import { chromiumMixedContent } from './mixed-content.ts'
import { chromiumWire } from './wire.ts'

const version = '156'

const isNumber = (value: string): boolean => /^[0-9]+(\.[0-9]+)?$/.test(value)
const isInteger = (value: string): boolean => /^[0-9]+$/.test(value)

/** Each with the values that are taken for what the hint would say. */
const clientHints = new Map<string, (value: string) => boolean>([
  ['device-memory', isNumber],
  ['downlink', isNumber],
  ['dpr', isNumber],
  ['ect', (value) => ['slow-2g', '2g', '3g', '4g'].includes(value)],
  ['rtt', isInteger],
  ['save-data', (value) => byteLowercase(value) === 'on'],
  ['viewport-width', isInteger],
  ['width', isInteger],
])

function safelistsOtherwise(name: string, value: string) {
  const lower = byteLowercase(name)
  const isValid = clientHints.get(lower)
  if (isValid !== undefined) return { safelisted: value.length <= 128 && isValid(value), deviation: 'safelistsClientHints' }
  if (lower === 'user-agent' || lower === 'intervention') return { safelisted: true, deviation: 'safelistsUserAgent' }
  if (lower === 'range' && isRangeBeyond(value, 9223372036854775806n)) return { safelisted: false, deviation: 'boundsRangeNumbers' }
  return undefined
}

/** Recorded with Chromium 156.0.8078.79. */
export const chromium: BrowserProfile = {
  name: 'chromium',
  label: 'Chromium',
  version,
  shortName: 'Cr',
  maxAgeLimit: 7200,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  wire: chromiumWire,
  deviations: [...deviations(version), ...elementDeviations('chromium', version), ...cookieDeviations('chromium', version)],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    combinesRepeatedHeaders: true,
    refusesStatus407: true,
    refusesRequestHeaders: ['available-dictionary'],
    missingMethodsAllowNone: true,
    dropsOnRedirect: new Set([...clientHints.keys()].filter((name) => name !== 'save-data')),
    allowsBadPorts: ['4190', '6679'],
    ignoresBlobTypesThatAreNone: true,
    replacesCharsetInPlace: true,
    readsSpacesInHosts: true,
    readsLocation: rawBytesEscaped,
    emptyLocation: 'no redirect',
    redirectsNeedALocation: true,
    refusesContradictoryHeaders: true,
    refusesAboutBlank: true,
    checksLocationFirst: true,
    uploadListenerNeedsBody: true,
    blocksEmbeddedCredentials: true,
    wildcardCoversAuthorization: true,
    elementsSendOriginAtHome: true,
    beaconsTellWhatIsBlocked: 'mixed content',
    blocksOpaqueResponse: blocksMarkupAndData,
    runsScriptsOfRedirectStatus: 'classic',
    loadsSheetsOfRedirectStatus: true,
    resourcePolicySites: 'not of addresses',
    takesNoBodyForEmpty: true,
    fontStatuses: 'below 400',
    loadsSheetsOfAnyType: true,
    runsWorkersOfAnyType: true,
    workersThrowElsewhere: true,
    hidesOriginOnceElsewhere: true,
    tellsOriginWhereLessSecure: true,
    tellsOpaqueOrigin: 'where it began at its page’s site',
    eventsMustBeUTF8: true,
    readsMaxAge: asSignedInteger,
    keepsLastPreflightOnly: true,
    cachedWildcardsNeedNoCredentials: 'of the preflight',
  },
  mixedContent: chromiumMixedContent,
  cookies: {
    sitesHaveSchemes: true,
    sandboxedPagesAreOfTheirSite: false,
    trustsLoopback: true,
    noneNeedsSecure: true,
    lastLifetimeCounts: false,
    lastLaxOrStrictCounts: false,
    secureShelters: 'any domain above or below',
    unsetIsLax: true,
    prefixes: 'with path',
    sameSiteChain: 'last',
    thirdParty: 'stay',
    partitionedAttribute: 'for each page’s site, and apart for other sites’ URLs',
  },
}
