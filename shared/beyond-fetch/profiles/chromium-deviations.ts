import type { Deviation } from '#shared/fetch/browser-profile'

/** What Chromium does otherwise than the standard; each with a recorded scenario that shows it (tests/conformance). */
export const deviations = (version: string): Deviation[] => [
  {
    name: 'safelistsClientHints',
    way: 'safelistsOtherwise',
    version,
    scenario: 'p11-94',
    explanation:
      'Device-Memory, Downlink, DPR, ECT, RTT, Save-Data, Viewport-Width and Width count as safelisted when their value is what the hint would say.',
  },
  {
    name: 'safelistsUserAgent',
    way: 'safelistsOtherwise',
    version,
    scenario: 'p11-1444',
    explanation: 'User-Agent and Intervention never ask for a preflight.',
  },
  {
    name: 'boundsRangeNumbers',
    way: 'safelistsOtherwise',
    version,
    scenario: 'z1-1042',
    explanation: 'A Range with a number that does not fit into 64 bits is not safelisted.',
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
    name: 'refusesRequestHeaders',
    way: 'refusesRequestHeaders',
    version,
    scenario: 'z1-555',
    explanation: 'A request with Available-Dictionary is refused before anything is sent.',
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
    name: 'uploadListenerNeedsBody',
    way: 'uploadListenerNeedsBody',
    version,
    scenario: 'p11-1480',
    explanation: 'A listener on xhr.upload asks for a preflight only if there is a body to upload.',
  },
  {
    name: 'wildcardCoversAuthorization',
    way: 'wildcardCoversAuthorization',
    version,
    scenario: 'p11-1',
    explanation: '`*` in Access-Control-Allow-Headers allows Authorization, too; the standard wants it named.',
  },
  {
    name: 'keepsLastPreflightOnly',
    way: 'keepsLastPreflightOnly',
    version,
    scenario: 'k-r2',
    explanation:
      'The CORS-preflight cache has one preflight for a URL, the last: another one takes its place, and it is gone once it does not allow a request.',
  },
  {
    name: 'credentialedWildcardsStayNames',
    way: 'cachedWildcardsNeedNoCredentials',
    version,
    scenario: 'k-w2',
    explanation: 'A `*` that a preflight with credentials left in the CORS-preflight cache is a name like any other, whoever asks.',
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
    name: 'blocksEmbeddedCredentials',
    way: 'blocksEmbeddedCredentials',
    version,
    scenario: 'p11-695',
    explanation: "fetch() refuses a redirect to a URL with a user name or password even within the page's own origin.",
  },
  {
    name: 'escapesLocationBytes',
    way: 'readsLocation',
    version,
    scenario: 'z1-1343',
    explanation: 'Bytes of a Location that are not UTF-8 go into the URL as they are, escaped.',
  },
  {
    name: 'ignoresEmptyLocation',
    way: 'emptyLocation',
    version,
    scenario: 'z1-199',
    explanation: 'A redirect with an empty Location is no redirect; the standard goes back to the same URL.',
  },
  {
    name: 'redirectsNeedALocation',
    way: 'redirectsNeedALocation',
    version,
    scenario: 'h24',
    explanation: 'With redirect mode "error", a redirect status without a Location is a response as any other.',
  },
  {
    name: 'checksLocationFirst',
    way: 'checksLocationFirst',
    version,
    scenario: 'z1-927',
    explanation: 'A Location that is no URL is a network error even where redirects are not followed.',
  },
  {
    name: 'refusesContradictoryHeaders',
    way: 'refusesContradictoryHeaders',
    version,
    scenario: 'i13',
    explanation: 'Two different Location, Content-Disposition or Content-Length headers make a network error of any answer.',
  },
  {
    name: 'refusesStatus407',
    way: 'refusesStatus407',
    version,
    scenario: 'f269',
    explanation: 'Status 407 from anyone but a proxy is a network error.',
  },
  {
    name: 'refusesAboutBlank',
    way: 'refusesAboutBlank',
    version,
    scenario: 'g125',
    explanation: 'about:blank cannot be fetched, not even with mode "no-cors".',
  },
  {
    name: 'dropsOnRedirect',
    way: 'dropsOnRedirect',
    version,
    scenario: 'q3-36',
    explanation: 'Every redirect takes Device-Memory, DPR, Viewport-Width, Width, RTT, Downlink and ECT away, wherever it leads.',
  },
  {
    name: 'allowsBadPorts',
    way: 'allowsBadPorts',
    version,
    scenario: 'q3-814',
    explanation: 'Ports 4190 and 6679 are not blocked.',
  },
  {
    name: 'readsSpacesInHosts',
    way: 'readsSpacesInHosts',
    version,
    scenario: 'z1-738',
    explanation: 'A space in a host is escaped, so the URL is one, and nobody answers there; in the standard it is no URL.',
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
    name: 'replacesCharsetInPlace',
    way: 'replacesCharsetInPlace',
    version,
    scenario: 'q3-1506',
    explanation:
      'An XMLHttpRequest with a string puts UTF-8 in the place of another charset and leaves the rest of the Content-Type as written, quotation marks and all; the standard writes the whole anew, without the marks.',
  },
  {
    name: 'tellsOriginWhereLessSecure',
    way: 'tellsOriginWhereLessSecure',
    version,
    scenario: 'f-or0',
    explanation:
      'A request without CORS that is no GET or HEAD carries the page’s origin even from https to http; in the standard it says null.',
  },
  {
    name: 'tellsOpaqueOriginAtHome',
    way: 'tellsOpaqueOrigin',
    version,
    scenario: 'f-sb0-img-None',
    link: 'https://privacycg.github.io/storage-access-headers/',
    explanation: 'With credentials, a sandboxed page says Origin: null even without CORS where the request began at its own site.',
  },
  {
    name: 'addressesHaveNoSite',
    way: 'resourcePolicySites',
    version,
    scenario: 'f-l-ui-p',
    explanation: 'For Cross-Origin-Resource-Policy: same-site, an address is of no site: only its own origin gets what it says so of.',
  },
]
