import type { Deviation } from '#shared/fetch/browser-profile'

/** What WebKit does otherwise than the standard; each with a recorded scenario that shows it (tests/conformance). */
export const deviations = (version: string): Deviation[] => [
  {
    name: 'readsRangeItsOwnWay',
    way: 'safelistsOtherwise',
    version,
    scenario: 'p11-694',
    explanation: 'In a Range, BYTES and a + before a number are as good as bytes and none; numbers have 64 bits.',
  },
  {
    name: 'combinesRepeatedHeaders',
    way: 'combinesRepeatedHeaders',
    version,
    scenario: 'p11-123',
    explanation:
      'Headers of one name are joined before their value is measured, so several short ones can be longer than 128 bytes together.',
  },
  {
    name: 'missingMethodsAllowNone',
    way: 'missingMethodsAllowNone',
    version,
    scenario: 'z1-518',
    explanation:
      'When an upload listener asks for the preflight, the answer still has to name the method; the standard takes a missing Access-Control-Allow-Methods for it.',
  },
  {
    name: 'wildcardCoversAuthorization',
    way: 'wildcardCoversAuthorization',
    version,
    scenario: 'p11-1',
    explanation: '`*` in Access-Control-Allow-Headers allows Authorization, too; the standard wants it named.',
  },
  {
    name: 'preflightsAgainAfterRedirect',
    way: 'preflightsAgainAfterRedirect',
    version,
    scenario: 'p11-1476',
    explanation: 'A request that was preflighted is preflighted again after every redirect, also when it has become a plain GET.',
  },
  {
    name: 'preflightsBeforeRefusingCredentials',
    way: 'preflightsBeforeRefusingCredentials',
    version,
    scenario: 'z1-521',
    explanation: "A redirect out of the page's own origin to a URL with a user name or password is refused only after the preflight.",
  },
  {
    name: 'preflightsBeforeBlocking',
    way: 'preflightsBeforeBlocking',
    version,
    scenario: 'f-wp-t',
    explanation: 'A redirect from https to http is blocked as mixed content only after the preflight, which goes out without https.',
  },
  {
    name: 'keepsHeadersOnRedirect',
    way: 'keepsHeadersOnRedirect',
    version,
    scenario: 'p11-516',
    explanation: 'A redirect removes no header: neither Content-Type when the method becomes GET, nor Authorization at another origin.',
  },
  {
    name: 'keepsOriginHeaderOnRedirect',
    way: 'keepsOriginHeaderOnRedirect',
    version,
    scenario: 'p11-1340',
    explanation: 'The Origin header stays when a redirect within one origin makes a GET of the method.',
  },
  {
    name: 'deleteBecomesGETElsewhere',
    way: 'deleteBecomesGETElsewhere',
    version,
    scenario: 'z1-1021',
    explanation: 'A DELETE becomes a GET when a redirect leads to another origin.',
  },
  {
    name: 'replacesLocationBytes',
    way: 'readsLocation',
    version,
    scenario: 'z1-1343',
    explanation: 'Bytes of a Location that are not UTF-8 become replacement characters.',
  },
  {
    name: 'combinesLocations',
    way: 'combinesLocations',
    version,
    scenario: 'z1-918',
    explanation: 'Several Location headers are joined with a comma and read as one.',
  },
  {
    name: 'refusesEmptyLocation',
    way: 'emptyLocation',
    version,
    scenario: 'z1-199',
    explanation: 'An empty Location is a network error; the standard goes back to the same URL.',
  },
  {
    name: 'redirectsNeedALocation',
    way: 'redirectsNeedALocation',
    version,
    scenario: 'h24',
    explanation: 'With redirect mode "error", a redirect status without a Location is a response as any other.',
  },
  {
    name: 'checksRedirectsWithInitialCredentials',
    way: 'checksRedirectsWithInitialCredentials',
    version,
    scenario: 'p11-1205',
    explanation:
      "A request that began with credentials at the page's own origin counts as credentialed when the answer of a redirect is checked elsewhere.",
  },
  {
    name: 'refusesAboutBlank',
    way: 'refusesAboutBlank',
    version,
    scenario: 'g125',
    explanation: 'about:blank cannot be fetched, not even with mode "no-cors".',
  },
  {
    name: 'redirectsOnOtherStatuses',
    way: 'redirectsOnOtherStatuses',
    version,
    scenario: 'q2-1481',
    explanation: 'Statuses 309 to 399 are redirects, too, where there is a Location.',
  },
  {
    name: 'refusesFTPLocations',
    way: 'refusesFTPLocations',
    version,
    scenario: 'q2-1688',
    explanation: 'A redirect to an ftp: URL is a network error even where redirects are not followed.',
  },
  {
    name: 'keepsLastPreflightOnly',
    way: 'keepsLastPreflightOnly',
    version,
    scenario: 'q23-105',
    explanation:
      'The CORS-preflight cache has one preflight for a URL, the last: another one takes its place, and it is gone once it does not allow a request.',
  },
  {
    name: 'keepsRefusingPreflights',
    way: 'keepsRefusingPreflights',
    version,
    scenario: 'q23-154',
    explanation: 'A preflight that does not allow the method or a header is kept all the same, for what else it does allow.',
  },
  {
    name: 'credentialedRequestsSeeNoWildcards',
    way: 'cachedWildcardsNeedNoCredentials',
    version,
    scenario: 'q23-260',
    explanation: 'To a request with credentials, a `*` in the CORS-preflight cache is a name like any other.',
  },
  {
    name: 'cachedWildcardCoversAuthorization',
    way: 'cachedWildcardCoversAuthorization',
    version,
    scenario: 'q23-1',
    explanation: 'In the CORS-preflight cache `*` covers Authorization, too.',
  },
  {
    name: 'readsMaxAgeAsInteger',
    way: 'readsMaxAge',
    version,
    scenario: 'q23-175',
    explanation:
      'Access-Control-Max-Age is read as a signed integer of 64 bits: a + before it does no harm, and a negative one keeps nothing.',
  },
  {
    name: 'ignoresBlobTypesThatAreNone',
    way: 'ignoresBlobTypesThatAreNone',
    version,
    scenario: 'q3-1690',
    explanation:
      'An XMLHttpRequest with a blob sends no Content-Type where the type of the blob is no MIME type; the standard sends it as it is.',
  },
  {
    name: 'comparesEndsOfHosts',
    way: 'resourcePolicySites',
    version,
    scenario: 'f-l-ha-p',
    explanation:
      'For Cross-Origin-Resource-Policy: same-site, a host is of the page’s site where it ends with the page’s host or registrable domain, as app.localhost does with localhost.',
  },
]
