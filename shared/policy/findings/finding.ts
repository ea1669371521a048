import type { Policy } from '#shared/policy/policy'

/**
 * `broken`: it does not do what it says. `risk`: it lets in more than it should, or works in some places only. `notice`: it does nothing, or
 * could be said with less.
 */
export const severities = ['broken', 'risk', 'notice'] as const
export type Severity = (typeof severities)[number]

/** Every finding about a policy; each has its page, docs/findings/<code>.md. */
export const findingCodes = [
  'wildcard-with-credentials',
  'reflected-origin-with-credentials',
  'reflected-origin',
  'null-allowed',
  'insecure-origin-with-credentials',
  'public-suffix-pattern',
  'empty-origin-list',
  'origin-with-path',
  'origin-with-trailing-slash',
  'origin-in-upper-case',
  'origin-with-default-port',
  'origin-in-unicode',
  'origin-without-scheme',
  'origin-not-as-sent',
  'origin-pattern-not-understood',
  'wildcard-in-a-list',
  'not-an-origin',
  'method-not-a-token',
  'method-forbidden',
  'method-in-lower-case',
  'method-safelisted',
  'options-listed',
  'header-name-not-a-token',
  'request-header-forbidden',
  'request-header-safelisted',
  'response-header-safelisted',
  'set-cookie-exposed',
  'cors-header-listed',
  'listed-twice',
  'literal-wildcard-with-credentials',
  'authorization-under-wildcard',
  'max-age-not-a-number-of-seconds',
  'max-age-beyond-every-limit',
  'max-age-beyond-some-limits',
  'preflight-status-not-ok',
  'missing-vary',
  'missing-vary-on-preflights',
  'needless-vary',
  'allow-origin-twice',
  'allow-origin-not-an-origin',
  'credentials-not-true',
  'unknown-cors-header',
  'header-edit-without-effect',
] as const
/** Every finding about a policy and who asks: `shared/lab/served/refused-traffic.ts`. They have their pages, too. */
export const trafficFindingCodes = ['origin-refused', 'credentials-refused', 'method-refused', 'request-header-refused'] as const
export type TrafficFindingCode = (typeof trafficFindingCodes)[number]
export type FindingCode = (typeof findingCodes)[number] | TrafficFindingCode

/** The one click that mends a finding. */
export interface Fix {
  /** For a button: `Remove it`. */
  readonly label: string
  /** The policy without the finding, and without any new one that is broken. The one that is given stays as it is. */
  readonly apply: (policy: Policy) => Policy
}

/** Advice: what is broken, risky or pointless in a policy. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly where: {
    readonly field: keyof Policy
    /** Of a list: the entry as it is written. Of a request that was refused: its origin. */
    readonly entry?: string
  }
  /** Names and values stand between backticks. */
  readonly sentence: string
  readonly fix: Fix
}

/** One idea of what may be wrong; nothing where all is well. */
export type Rule = (policy: Policy) => Finding[]
