import { profiles } from '#shared/beyond-fetch/profiles/index'
import { isOkStatus } from '#shared/fetch/response'
import type { Fix, Rule } from './finding.ts'
import { inWords } from '#shared/lab/prose'

const limits = [profiles.chromium, profiles.firefox, profiles.webkit].map(({ label, maxAgeLimit, ways }) => ({
  label,
  limit: maxAgeLimit,
  /** The standard keeps it for 5 seconds. */
  keeps: (value: string) => ways.readsMaxAge(value) ?? 5,
}))
const longest = Math.max(...limits.map(({ limit }) => limit))
const shortest = Math.min(...limits.map(({ limit }) => limit))

const say = (seconds: number): Fix => ({ label: `Say ${seconds} s`, apply: (policy) => ({ ...policy, maxAge: seconds }) })
const where = { field: 'maxAge' } as const

/** How long browsers keep a preflight's answer, whatever the policy says. */
export const maxAge: Rule = ({ maxAge: seconds }) => {
  if (seconds === null) return []
  // As it is written into the header: 1e21 has no digits only.
  if (!/^[0-9]+$/.test(String(seconds))) {
    const kept = limits.map(({ label, keeps }) => `${label} ${keeps(String(seconds))} s`)
    return [
      {
        code: 'max-age-not-a-number-of-seconds',
        severity: 'broken',
        where,
        sentence: `\`${seconds}\` is no number of seconds, and counts as if nothing had been said: 5 s. Kept for: ${inWords(kept)}.`,
        fix: seconds < 0 ? say(0) : say(longest),
      },
    ]
  }
  const said = limits.filter(({ limit }) => seconds > limit).map(({ label, limit }) => `${label} ${limit} s`)
  if (said.length === 0) return []
  return [
    seconds > longest
      ? {
          code: 'max-age-beyond-every-limit',
          severity: 'notice',
          where,
          sentence: `No browser keeps the answer for so long: ${inWords(said)} at most.`,
          fix: say(longest),
        }
      : {
          code: 'max-age-beyond-some-limits',
          severity: 'notice',
          where,
          sentence: `Kept for less: ${inWords(said)} at most.`,
          fix: say(shortest),
        },
  ]
}

export const preflightStatus: Rule = ({ preflightStatus: status }) =>
  isOkStatus(status)
    ? []
    : [
        {
          code: 'preflight-status-not-ok',
          severity: 'broken',
          where: { field: 'preflightStatus' },
          sentence: `A preflight passes with a status from 200 to 299 only: with \`${status}\` every one fails.`,
          fix: { label: 'Answer 204', apply: (policy) => ({ ...policy, preflightStatus: 204 }) },
        },
      ]
