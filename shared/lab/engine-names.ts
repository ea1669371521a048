import type { ProfileName } from './prediction.ts'

export interface EngineName {
  /** For column heads: two or three letters. */
  readonly code: string
  /** In sentences. */
  readonly name: string
  /** With the version whose ways the profile holds. */
  readonly versioned: string
  /** In tooltips: exactly what was recorded, or which text is meant. */
  readonly exactly: string
}

/** The order of the columns: the browsers first, the standard they are held against last. */
export const engineOrder: readonly ProfileName[] = ['chromium', 'firefox', 'webkit', 'standard']

export const engineNames: Readonly<Record<ProfileName, EngineName>> = {
  chromium: { code: 'Cr', name: 'Chromium', versioned: 'Chromium 156', exactly: 'Chromium 156' },
  firefox: { code: 'Fx', name: 'Firefox', versioned: 'Firefox 153', exactly: 'Firefox 153 ESR' },
  webkit: { code: 'Wk', name: 'WebKit', versioned: 'WebKit 2.50', exactly: 'WebKit 2.50 (WebKitGTK)' },
  standard: { code: 'Std', name: 'the standard', versioned: 'Fetch Standard', exactly: 'Fetch Standard, 2 July 2026' },
}
