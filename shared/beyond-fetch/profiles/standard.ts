import { standardCookies, standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { standardMixedContent } from '#shared/fetch/mixed-content'
import { headerOrder, standardAccept } from '#shared/fetch/wire-habits'

/** The Fetch standard to the letter. Where it leaves a value to the browser, the lab's own. */
export const standard: BrowserProfile = {
  name: 'standard',
  label: 'Fetch standard',
  version: '2 July 2026',
  shortName: 'Std',
  maxAgeLimit: 86400,
  userAgent: 'Mozilla/5.0 (CORS Lab)',
  wire: {
    acceptLanguage: null,
    acceptEncoding: ['gzip, deflate, br', 'gzip, deflate, br'],
    accept: standardAccept,
    clientHints: [],
    always: [],
    ofInitiator: {},
    preflightAlwaysSaysMode: false,
    preflightOrder: headerOrder(),
    requestOrder: headerOrder(),
  },
  deviations: [],
  ways: standardWays,
  cookies: standardCookies,
  mixedContent: standardMixedContent,
}
