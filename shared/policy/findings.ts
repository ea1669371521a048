import type { Finding, Rule } from './findings/finding.ts'
import { brokenEdits, editWithoutEffect, unknownCORSHeader } from './findings/header-edits.ts'
import { corsHeaders, exposedHeaders, requestHeaders } from './findings/header-names.ts'
import { methods } from './findings/methods.ts'
import { invalidNames, listedTwice } from './findings/names.ts'
import { brokenOrigins, emptyOriginList } from './findings/origin-entries.ts'
import { maxAge, preflightStatus } from './findings/preflights.ts'
import { missingVary, missingVaryOnPreflights, needlessVary } from './findings/vary.ts'
import { insecureOrigin, nullAllowed, publicSuffixPattern, reflectedOrigin, wildcardWithCredentials } from './findings/who-may-read.ts'
import { authorizationUnderWildcard, literalWildcard } from './findings/wildcards.ts'
import type { Policy } from './policy.ts'

/** In the order of the form. */
const rules: readonly Rule[] = [
  wildcardWithCredentials,
  reflectedOrigin,
  brokenOrigins,
  nullAllowed,
  insecureOrigin,
  publicSuffixPattern,
  emptyOriginList,
  invalidNames,
  literalWildcard,
  methods,
  requestHeaders,
  exposedHeaders,
  corsHeaders,
  authorizationUnderWildcard,
  listedTwice,
  maxAge,
  missingVary,
  missingVaryOnPreflights,
  needlessVary,
  preflightStatus,
  brokenEdits,
  unknownCORSHeader,
  editWithoutEffect,
]

/** What is broken, risky or pointless in a policy. It looks at the policy alone: faults are there to be wrong. */
export const findingsOf = (policy: Policy): Finding[] => rules.flatMap((rule) => rule(policy))
