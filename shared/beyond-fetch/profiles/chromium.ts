import { standardWays } from '#shared/fetch/browser-profile'
import type { BrowserProfile } from '#shared/fetch/browser-profile'
import { byteLowercase } from '#shared/fetch/header-list'

const version = '156'

const clientHints = new Set(['device-memory', 'downlink', 'dpr', 'ect', 'rtt', 'save-data', 'viewport-width', 'width'])

function safelistsOtherwise(name: string, value: string) {
  const lower = byteLowercase(name)
  if (clientHints.has(lower)) return { safelisted: value.length <= 128, deviation: 'safelistsClientHints' }
  if (lower === 'user-agent') return { safelisted: true, deviation: 'safelistsUserAgent' }
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
  deviations: [],
  ways: {
    ...standardWays,
    safelistsOtherwise,
    combinesRepeatedHeaders: true,
    uploadListenerNeedsBody: true,
    blocksEmbeddedCredentials: true,
    wildcardCoversAuthorization: true,
  },
}
