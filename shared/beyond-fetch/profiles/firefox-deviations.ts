import type { Deviation } from '#shared/fetch/browser-profile'

/** What Firefox does otherwise than the standard; each with a recorded scenario that shows it (tests/conformance). */
export const deviations = (version: string): Deviation[] => [
  {
    name: 'safelistedValuesMustBeASCII',
    way: 'safelistsOtherwise',
    version,
    scenario: 'p11-513',
    explanation: 'Accept and Content-Type with a byte beyond ASCII are not safelisted.',
  },
  {
    name: 'readsContentTypeStrictly',
    way: 'safelistsOtherwise',
    version,
    scenario: 'e172',
    explanation: 'A Content-Type with a comma, or with a second semicolon at its end, is not safelisted.',
  },
  {
    name: 'boundsRangeNumbers',
    way: 'safelistsOtherwise',
    version,
    scenario: 'z1-1042',
    explanation: 'A Range with a number that does not fit into 64 bits is not safelisted.',
  },
  {
    name: 'ignoresSafelistValueSize',
    way: 'ignoresSafelistValueSize',
    version,
    scenario: 'p11-423',
    explanation: 'However long the safelisted values are together, they ask for no preflight; the standard draws a line at 1024 bytes.',
  },
  {
    name: 'repeatsRequestedNames',
    way: 'repeatsRequestedNames',
    version,
    scenario: 'z1-91',
    explanation: 'A header set twice is named twice in Access-Control-Request-Headers.',
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
    name: 'preflightKeepsOriginAfterRedirect',
    way: 'preflightKeepsOriginAfterRedirect',
    version,
    scenario: 'p11-95',
    explanation: "A preflight carries the page's own origin even after redirects that have made the request's origin null.",
  },
  {
    name: 'preflightsAgainAfterRedirect',
    way: 'preflightsAgainAfterRedirect',
    version,
    scenario: 'p11-1476',
    explanation: 'A request that was preflighted is preflighted again after every redirect, also when it has become a plain GET.',
  },
  {
    name: 'preflightAsksForOriginalHeaders',
    way: 'preflightAsksForOriginalHeaders',
    version,
    scenario: 'p11-1296',
    explanation: 'After a redirect the preflight asks for all headers that the script set, but for those that this very redirect removed.',
  },
  {
    name: 'escapesLocationBytes',
    way: 'readsLocation',
    version,
    scenario: 'z1-1343',
    explanation: 'Bytes of a Location that are not UTF-8 go into the URL as they are, escaped.',
  },
  {
    name: 'refusesContradictoryHeaders',
    way: 'refusesContradictoryHeaders',
    version,
    scenario: 'i13',
    explanation: 'Two different Location, Content-Disposition or Content-Length headers make a network error of any answer.',
  },
  {
    name: 'measuresDataURLs',
    way: 'measuresDataURLs',
    version,
    scenario: 'z1-273',
    explanation: 'To fetch(), the answer to a data: URL has a Content-Length.',
  },
  {
    name: 'cachesNoWildcards',
    way: 'cachesNoWildcards',
    version,
    scenario: 'q1-422',
    explanation: 'In the CORS-preflight cache a `*` stands for nothing: what only a wildcard allowed is asked for again.',
  },
  {
    name: 'invalidMaxAgeCachesNothing',
    way: 'invalidMaxAgeCachesNothing',
    version,
    scenario: 'z21-263',
    explanation: 'A preflight whose Access-Control-Max-Age is no number is not cached; in the standard it is, for 5 seconds.',
  },
  {
    name: 'wildcardEndsExposedNames',
    way: 'wildcardEndsExposedNames',
    version,
    scenario: 'z22-436',
    explanation:
      'To fetch(), a `*` in Access-Control-Expose-Headers counts however invalid the rest behind it is; in the standard one invalid name spoils the list.',
  },
  {
    name: 'replacesCharsetInPlace',
    way: 'replacesCharsetInPlace',
    version,
    scenario: 'q3-1506',
    explanation:
      'An XMLHttpRequest with a string puts UTF-8 in the place of another charset and leaves the rest of the Content-Type as written, quotation marks and all; the standard writes the whole anew, without the marks.',
  },
]
