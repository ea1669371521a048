import { parse } from 'tldts'
import { isPotentiallyTrustworthy } from '#shared/fetch/potentially-trustworthy'
import type { Policy } from '#shared/policy/policy'
import { once, replaceOrigin } from './entries.ts'
import type { Finding, Fix, Rule } from './finding.ts'
import { readOriginEntry, type WrittenOrigin } from './read-origin-entry.ts'
import { code } from '#shared/lab/prose'

const withoutCredentials: Fix = { label: 'Turn credentials off', apply: (policy) => ({ ...policy, credentials: false }) }

export const wildcardWithCredentials: Rule = ({ origins, credentials }) =>
  origins === 'any' && credentials
    ? [
        {
          code: 'wildcard-with-credentials',
          severity: 'broken',
          where: { field: 'origins' },
          sentence: 'The server says `*`. With credentials it must name the origin: no script reads what it asked for with credentials.',
          fix: withoutCredentials,
        },
      ]
    : []

export const reflectedOrigin: Rule = ({ origins, credentials }) => {
  if (origins !== 'asked') return []
  const where = { field: 'origins' } as const
  return credentials
    ? [
        {
          code: 'reflected-origin-with-credentials',
          severity: 'risk',
          where,
          sentence: 'Every site may ask with the cookies of whoever visits it, and read the answer; so may `null`.',
          fix: withoutCredentials,
        },
      ]
    : [
        {
          code: 'reflected-origin',
          severity: 'notice',
          where,
          sentence: 'Without credentials, `*` lets in the same pages, and caches may keep one answer for all.',
          fix: { label: 'Let anybody read', apply: (policy) => ({ ...policy, origins: 'any', vary: { ...policy.vary, origin: false } }) },
        },
      ]
}

export const nullAllowed: Rule = ({ origins, credentials }) =>
  Array.isArray(origins) && origins.includes('null')
    ? [
        {
          code: 'null-allowed',
          severity: 'risk',
          where: { field: 'origins', entry: 'null' },
          sentence: `Any site can make a sandboxed frame, and its origin is \`null\`: this lets everybody in${credentials ? ', cookies and all' : ''}.`,
          fix: replaceOrigin('null', null),
        },
      ]
    : []

export const insecureOrigin: Rule = ({ origins, credentials }) =>
  !credentials
    ? []
    : finely(origins, (entry, { url }) =>
        isPotentiallyTrustworthy(url)
          ? []
          : [
              {
                code: 'insecure-origin-with-credentials',
                severity: 'risk',
                where: { field: 'origins', entry },
                sentence: `Whoever is on the network’s way can change a page of ${code(entry)}, and would read what its visitors’ cookies open.`,
                fix: replaceOrigin(entry, overTLS(entry), 'Make it https'),
              },
            ],
      )

/** The same over https; port 443 is not written there. */
const overTLS = (entry: string): string => {
  const secure = entry.replace(/^http:/, 'https:')
  const read = readOriginEntry(secure)
  return read.kind === 'broken' ? (read.written ?? secure) : secure
}

export const publicSuffixPattern: Rule = ({ origins }) =>
  finely(origins, (entry, { anySubdomain, host }) =>
    anySubdomain && isPublicSuffix(host)
      ? [
          {
            code: 'public-suffix-pattern',
            severity: 'risk',
            where: { field: 'origins', entry },
            sentence: `${code(host)} is a public suffix: anybody can have a name below it, and this lets all of them in.`,
            fix: replaceOrigin(entry, null),
          },
        ]
      : [],
  )

/** Whether names directly below the host belong to different people; the list has rules for hosts, and some for all names below one. */
function isPublicSuffix(host: string): boolean {
  return [host, `any-label.${host}`].some((name) => {
    const { publicSuffix, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true })
    return publicSuffix === name && (isIcann === true || isPrivate === true)
  })
}

/** Findings about the entries that are written as browsers write them. */
function finely(origins: Policy['origins'], about: (entry: string, origin: WrittenOrigin) => Finding[]): Finding[] {
  if (!Array.isArray(origins)) return []
  return origins.filter(once).flatMap((entry) => {
    const read = readOriginEntry(entry)
    return read.kind === 'fine' && read.origin !== null ? about(entry, read.origin) : []
  })
}
