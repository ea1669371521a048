import type { Lesson } from '../lesson.ts'
import { allowEverybody } from './allow-everybody.ts'
import { allowOneOrigin } from './allow-one-origin.ts'
import { credentials } from './credentials.ts'
import { exceptions } from './exceptions.ts'
import { keyHeaders } from './key-headers.ts'
import { misconfigured } from './misconfigured.ts'
import { notCSRFProtection } from './not-csrf-protection.ts'
import { origin } from './origin.ts'
import { preflight } from './preflight.ts'
import { sameOriginPolicy } from './same-origin-policy.ts'
import { simpleRequest } from './simple-request.ts'

/** In the order in which they build on one another. */
export const lessons: readonly Lesson[] = [
  origin,
  sameOriginPolicy,
  exceptions,
  simpleRequest,
  preflight,
  keyHeaders,
  allowEverybody,
  allowOneOrigin,
  credentials,
  misconfigured,
  notCSRFProtection,
]
