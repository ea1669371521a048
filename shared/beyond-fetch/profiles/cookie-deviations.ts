import type { Deviation } from '#shared/fetch/browser-profile'

type Described = Omit<Deviation, 'version'>

const trustsLoopback: Described = {
  name: 'trustsLoopback',
  way: 'trustsLoopback',
  scenario: 'f-c1-localhost',
  explanation: 'Loopback sets and gets Secure cookies without https.',
}

const sitesHaveNoSchemes: Described = {
  name: 'sitesHaveNoSchemes',
  way: 'sitesHaveSchemes',
  scenario: 'f-c5vhs',
  explanation: 'To cookies, http and https pages of one domain are one site.',
}

const mixedContent = { name: 'treatsMixedContentOtherwise', way: 'mixedContent' } as const

/** What browsers do otherwise with cookies and mixed content; each with a recorded scenario that shows it. */
const described = {
  chromium: [
    trustsLoopback,
    {
      name: 'unsetIsLax',
      way: 'unsetIsLax',
      scenario: 'f-c5x',
      explanation: 'A cookie that says nothing of SameSite counts as Lax.',
    },
    {
      name: 'forgetsCrossSiteRedirects',
      way: 'sameSiteChain',
      scenario: 'f-c7a',
      explanation: 'Where the request was redirected from plays no part for SameSite: only where it goes.',
    },
    {
      name: 'blocksThirdPartyCookies',
      way: 'thirdParty',
      scenario: 'f-c5vx',
      explanation: 'Cookies of another site than the page are neither sent nor set, unless they are Partitioned.',
    },
    {
      name: 'keepsPartitionedCookies',
      way: 'partitionedAttribute',
      scenario: 'f-c5x',
      explanation: 'A Partitioned cookie is kept for each page’s site, and apart for URLs of other sites or with another scheme.',
    },
    {
      name: 'beaconsTellWhatIsBlocked',
      way: 'beaconsTellWhatIsBlocked',
      scenario: 'q23-96',
      explanation: 'The return value of sendBeacon() is false where the beacon would be mixed content.',
    },
    {
      ...mixedContent,
      scenario: 'f-m-img-ip',
      explanation:
        'On an https page, images from addresses and whatever comes from private addresses are let through without https. Redirects of an image are upgraded or not as its first URL would be.',
    },
  ],
  firefox: [
    trustsLoopback,
    sitesHaveNoSchemes,
    {
      name: 'hostPrefixNeedsNoPath',
      way: 'prefixes',
      scenario: 'f-c4',
      explanation: 'A __Host- cookie needs no Path of its own where its default path is /.',
    },
    {
      name: 'partitionsThirdPartyCookies',
      way: 'thirdParty',
      scenario: 'f-c5vx',
      explanation: 'Cookies of another site than the page are kept apart for each page’s site.',
    },
    {
      name: 'keepsPartitionedCookies',
      way: 'partitionedAttribute',
      scenario: 'f-c5vhs',
      explanation: 'A Partitioned cookie is kept for each page’s site.',
    },
    {
      name: 'sheltersWhatGoesToTheSameHost',
      way: 'secureShelters',
      scenario: 'f-i-host-h',
      explanation: 'A secure cookie keeps one of its name without https from being set only where some host would get both.',
    },
    { ...mixedContent, scenario: 'q23-265', explanation: 'On an https page on loopback, images are let through without https.' },
  ],
  webkit: [
    sitesHaveNoSchemes,
    {
      name: 'takesNoneWithoutSecure',
      way: 'noneNeedsSecure',
      scenario: 'f-c1-app.test',
      explanation: 'SameSite=None needs no Secure.',
    },
    {
      name: 'lastLifetimeCounts',
      way: 'lastLifetimeCounts',
      scenario: 'f-c13',
      explanation: 'Of Max-Age and Expires, the last one counts; an Expires that is no date lets the cookie live.',
    },
    {
      name: 'lastLaxOrStrictCounts',
      way: 'lastLaxOrStrictCounts',
      scenario: 'f-h-two-fetch',
      explanation: 'Of several SameSite, the last Lax or Strict counts: None and unknown words take nothing back.',
    },
    {
      name: 'sheltersItselfAlone',
      way: 'secureShelters',
      scenario: 'f-i-host-h',
      explanation: 'A secure cookie keeps only itself from being replaced without https, not one of another domain or path.',
    },
    {
      name: 'prefixesMeanNothing',
      way: 'prefixes',
      scenario: 'f-c1-app.test',
      explanation: 'The prefixes __Host- and __Secure- are letters like any other.',
    },
    {
      name: 'judgesRedirectsItsOwnWay',
      way: 'sameSiteChain',
      scenario: 'f-1s-self-https',
      explanation:
        'A redirect between http and https ends being same-site for good; but a request to the page’s own host is same-site, wherever it was redirected from.',
    },
    {
      name: 'sandboxedPagesAreOfTheirSite',
      way: 'sandboxedPagesAreOfTheirSite',
      scenario: 'f-sp-fetch-self',
      explanation: 'Cookies go from a sandboxed page as from the page around it; to the standard, a sandboxed page is of no site.',
    },
    {
      name: 'setsNoThirdPartyCookies',
      way: 'thirdParty',
      scenario: 'f-c5x',
      explanation: 'Answers of other hosts than the page’s set no cookies; those that are there are sent.',
    },
    { ...mixedContent, scenario: 'f-m-f-lh', explanation: 'On an https page nothing but an image comes from loopback without https.' },
  ],
} as const satisfies Record<string, readonly Described[]>

export const cookieDeviations = (browser: keyof typeof described, version: string): Deviation[] =>
  described[browser].map((each) => ({ ...each, version }))
