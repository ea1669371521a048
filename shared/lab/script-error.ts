import type { ProfileName } from './prediction.ts'

/** The message of the TypeError that `fetch()` rejects with on a network error; the standard leaves it to the browser. */
const networkErrorMessages: Readonly<Record<ProfileName, string | null>> = {
  chromium: 'Failed to fetch',
  firefox: 'NetworkError when attempting to fetch resource.',
  webkit: 'Load failed',
  standard: null,
}

export const networkErrorMessage = (profile: ProfileName): string | null => networkErrorMessages[profile]
