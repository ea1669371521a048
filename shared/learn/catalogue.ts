import type { Lesson } from './lesson.ts'

/** What the side bar says of a lesson. The lesson itself is loaded when it is opened. */
export interface LessonEntry extends Pick<Lesson, 'id' | 'title'> {
  /** The ids of its checks, by which its progress is counted. */
  readonly checks: readonly string[]
  readonly load: () => Promise<Lesson>
}

/** In the order in which they build on one another. */
export const catalogue: readonly LessonEntry[] = [
  {
    id: 'origin',
    title: 'What is an origin?',
    checks: ['classics', 'five-right', 'traps', 'opaque', 'own'],
    load: async () => (await import('./lessons/origin.ts')).origin,
  },
  {
    id: 'same-origin-policy',
    title: 'The same-origin policy',
    checks: ['own', 'blocked', 'ran', 'embedded', 'closed', 'form', 'no-cors', 'none-read'],
    load: async () => (await import('./lessons/same-origin-policy.ts')).sameOriginPolicy,
  },
  {
    id: 'exceptions',
    title: 'The exceptions',
    checks: ['blocked', 'read', 'jsonp', 'stolen', 'owned', 'unchecked', 'checked'],
    load: async () => (await import('./lessons/exceptions.ts')).exceptions,
  },
  {
    id: 'simple-request',
    title: 'A simple request',
    checks: ['at-once', 'asked-first', 'agree', 'hidden', 'exposed', 'blocked', 'no-browser'],
    load: async () => (await import('./lessons/simple-request.ts')).simpleRequest,
  },
  {
    id: 'preflight',
    title: 'The preflight',
    checks: [
      'asked',
      'allowed',
      'sent',
      'no-origin',
      'no-method',
      'no-header',
      'no-status',
      'mended',
      'once',
      'each-time',
      'none-asks',
      'some-ask',
      'all-ask',
    ],
    load: async () => (await import('./lessons/preflight.ts')).preflight,
  },
  {
    id: 'key-headers',
    title: 'The key headers',
    checks: [
      'origin',
      'access-control-request-method',
      'access-control-request-headers',
      'access-control-allow-methods',
      'access-control-allow-headers',
      'access-control-max-age',
      'stopped',
      'access-control-allow-origin',
      'access-control-expose-headers',
      'access-control-allow-credentials',
    ],
    load: async () => (await import('./lessons/key-headers.ts')).keyHeaders,
  },
  {
    id: 'allow-everybody',
    title: 'Workshop 1: allow everybody',
    checks: ['read', 'blocked', 'ran', 'again', 'sent'],
    load: async () => (await import('./lessons/allow-everybody.ts')).allowEverybody,
  },
  {
    id: 'allow-one-origin',
    title: 'Workshop 2: allow one origin',
    checks: ['allowed', 'refused', 'both', 'kept', 'vary'],
    load: async () => (await import('./lessons/allow-one-origin.ts')).allowOneOrigin,
  },
  {
    id: 'credentials',
    title: 'Credentials',
    checks: ['anonymous', 'star', 'no-permission', 'star-and-true', 'both', 'star-method', 'changed'],
    load: async () => (await import('./lessons/credentials.ts')).credentials,
  },
  {
    id: 'misconfigured',
    title: 'Misconfigured',
    checks: [
      'profile-stolen',
      'cookie-sent',
      'stranger',
      'profile-fixed',
      'profile-kept',
      'suffix-stolen',
      'suffix-fixed',
      'prefix-stolen',
      'prefix-fixed',
      'check-kept',
      'null-stolen',
      'null-fixed',
      'drafts-kept',
      'insecure-stolen',
      'insecure-fixed',
      'inside-stolen',
      'inside-fixed',
    ],
    load: async () => (await import('./lessons/misconfigured.ts')).misconfigured,
  },
  {
    id: 'not-csrf-protection',
    title: 'CORS is not CSRF protection',
    checks: ['arrived', 'unreadable', 'stopped', 'plain', 'given-away', 'stays', 'refused', 'own'],
    load: async () => (await import('./lessons/not-csrf-protection.ts')).notCSRFProtection,
  },
]
