import type { Deviation } from '#shared/fetch/browser-profile'

type Described = Omit<Deviation, 'version'>

const sendsOriginAtHome: Described = {
  name: 'elementsSendOriginAtHome',
  way: 'elementsSendOriginAtHome',
  scenario: 'e1-238',
  explanation: 'An element whose request is a CORS request sends Origin even to the page’s own origin.',
}

const workersThrowElsewhere: Described = {
  name: 'workersThrowElsewhere',
  way: 'workersThrowElsewhere',
  scenario: 'q23-26',
  explanation: 'A worker of another origin makes the constructor throw; in the standard the worker gets an error event.',
}

const takesNoBodyForEmpty: Described = {
  name: 'takesNoBodyForEmpty',
  way: 'takesNoBodyForEmpty',
  scenario: 'e1-767',
  explanation: 'A script or style sheet with status 204 or 205 is an empty one; in the standard it fails, since it has no body.',
}

const opaqueResponseBlocking = {
  name: 'blocksOpaqueResponses',
  way: 'blocksOpaqueResponse',
  link: 'https://github.com/annevk/orb',
} as const

const beaconsTellWhatIsBlocked = { name: 'beaconsTellWhatIsBlocked', way: 'beaconsTellWhatIsBlocked', scenario: 'e5-157' } as const

const fontStatuses = { name: 'fontStatuses', way: 'fontStatuses', scenario: 'e7-39' } as const
const fontsBelow400: Described = { ...fontStatuses, explanation: 'A font fails with a status from 400 on, whatever the bytes are.' }

/** What browsers do otherwise than the standard where an element makes the request; each with a recorded scenario that shows it. */
const ofElements = {
  chromium: [
    sendsOriginAtHome,
    fontsBelow400,
    {
      ...opaqueResponseBlocking,
      scenario: 'e2-8',
      explanation:
        'A script or image of another origin fails where opaque-response blocking sees HTML, XML or JSON in it, or data by its type: the page’s process never gets it.',
    },
    {
      name: 'runsScriptsOfRedirectStatus',
      way: 'runsScriptsOfRedirectStatus',
      scenario: 'e1-769',
      explanation: 'A classic script runs with a redirect status that leads nowhere; the standard wants an ok status.',
    },
    {
      name: 'loadsSheetsOfRedirectStatus',
      way: 'loadsSheetsOfRedirectStatus',
      scenario: 'e1-875',
      explanation: 'A style sheet loads with a redirect status that leads nowhere; the standard wants an ok status.',
    },
    takesNoBodyForEmpty,
    {
      name: 'loadsSheetsOfAnyType',
      way: 'loadsSheetsOfAnyType',
      scenario: 'e1-272',
      explanation: 'A style sheet of another type fires load, without any effect; in the standard it fires error.',
    },
    {
      name: 'runsWorkersOfAnyType',
      way: 'runsWorkersOfAnyType',
      scenario: 'e1-546',
      explanation: 'A worker’s script may be of any type that is not blocked for scripts; in the standard it has to be JavaScript.',
    },
    workersThrowElsewhere,
    {
      name: 'hidesOriginOnceElsewhere',
      way: 'hidesOriginOnceElsewhere',
      scenario: 'e3-674',
      explanation:
        'A request without CORS says Origin: null once a redirect has led it from one origin to another, even away from its own.',
    },
    {
      name: 'eventsMustBeUTF8',
      way: 'eventsMustBeUTF8',
      scenario: 'e5-257',
      explanation:
        'An EventSource fails where the content-type gives a charset other than UTF-8; in the standard events are UTF-8 whatever it says.',
    },
  ],
  firefox: [
    { ...fontStatuses, explanation: 'A font fails where its status is not ok, whatever the bytes are.' },
    {
      ...opaqueResponseBlocking,
      scenario: 'e2-24',
      explanation:
        'A script or image of another origin fails where opaque-response blocking finds neither JavaScript nor an image in it, or data by its type.',
    },
    takesNoBodyForEmpty,
    {
      name: 'preloadsHideFailures',
      way: 'preloadsHideFailures',
      scenario: 'q23-125',
      explanation:
        'A preload from another origin that fails once something was sent fires load, not error; one that may be read fires error where its status is not ok.',
    },
    {
      name: 'sniffsImagesFirst',
      way: 'sniffsImagesFirst',
      scenario: 'e1-717',
      explanation: 'An image is told by its bytes before its type; and an SVG image fails where its status is not ok.',
    },
    {
      ...beaconsTellWhatIsBlocked,
      explanation: 'The return value of sendBeacon() is false for what is blocked before anything is sent, a bad port for one.',
    },
    {
      name: 'beaconsOfAnySize',
      way: 'beaconsOfAnySize',
      scenario: 'e6-59',
      explanation: 'A beacon may be of any size; in the standard 64 KiB may be under way.',
    },
  ],
  webkit: [
    sendsOriginAtHome,
    {
      name: 'fontsWithoutCORS',
      way: 'fontsWithoutCORS',
      scenario: 'e7-5',
      explanation:
        'A font is requested without CORS and with credentials, and loads from any origin; in the standard its server has to allow it.',
    },
    fontsBelow400,
    {
      name: 'runsScriptsOfRedirectStatus',
      way: 'runsScriptsOfRedirectStatus',
      scenario: 'e1-769',
      explanation: 'A classic or module script runs with a redirect status that leads nowhere; the standard wants an ok status.',
    },
    takesNoBodyForEmpty,
    workersThrowElsewhere,
    {
      ...beaconsTellWhatIsBlocked,
      explanation: 'The return value of sendBeacon() is false for what is blocked before anything is sent, a bad port for one.',
    },
    {
      name: 'beaconsTellThePagesURL',
      way: 'beaconsTellThePagesURL',
      scenario: 'f-sb-beacon-self',
      explanation:
        'A beacon without CORS carries the origin of the page’s URL even from a sandboxed page, until it is redirected elsewhere; in the standard it says null.',
    },
  ],
} satisfies Readonly<Record<string, readonly Described[]>>

export const elementDeviations = (browser: keyof typeof ofElements, version: string): Deviation[] =>
  ofElements[browser].map((deviation) => ({ ...deviation, version }))
