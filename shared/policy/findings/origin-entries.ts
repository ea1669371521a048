import { code } from '#shared/lab/prose'
import { once, replaceOrigin } from './entries.ts'
import type { Finding, FindingCode, Rule } from './finding.ts'
import { readOriginEntry } from './read-origin-entry.ts'

/** Entries of the list of origins that no browser's `Origin` ever is. */
export const brokenOrigins: Rule = ({ origins }) => {
  if (!Array.isArray(origins)) return []
  return origins.filter(once).flatMap((entry): Finding[] => {
    const read = readOriginEntry(entry)
    if (read.kind === 'fine') return []
    const base = {
      code: read.code,
      severity: 'broken',
      where: { field: 'origins', entry },
      sentence: sentences[read.code]?.(read.written),
    } as const
    const { sentence = `${code(entry)} is no origin: this never matches.` } = base
    return [{ ...base, sentence, fix: fixOf(read.code, entry, read.written) }]
  })
}

const never = 'this never matches'

/** What is wrong; `written` is how browsers write the origin that was meant. */
const sentences: Partial<Record<FindingCode, (written: string | null) => string>> = {
  'origin-with-path': () => `An origin ends with its host and port; ${never}.`,
  'origin-with-trailing-slash': () => `An origin ends without a slash; ${never}.`,
  'origin-in-upper-case': () => `Browsers send origins in lower case, and they are compared byte for byte; ${never}.`,
  'origin-with-default-port': () => `Browsers leave a scheme’s own port out; ${never}.`,
  'origin-in-unicode': (written) => `Browsers send a host’s letters in ASCII, ${code(written ?? '')}; ${never}.`,
  'origin-without-scheme': () => `An origin begins with its scheme; ${never}.`,
  'origin-not-as-sent': (written) => `Browsers write this origin ${code(written ?? '')}; ${never}.`,
  'origin-pattern-not-understood': () =>
    'A `*` stands for all labels before a host, `https://*.example.com`, or for the port; anywhere else it is a letter, and this never matches.',
  'wildcard-in-a-list': () => 'In a list, `*` is an entry like any other, and no browser’s origin is `*`.',
}

function fixOf(problem: FindingCode, entry: string, written: string | null) {
  if (problem === 'wildcard-in-a-list') return { label: 'Let anybody read', apply: anybody }
  if (problem === 'origin-with-trailing-slash') return replaceOrigin(entry, written, 'Remove the slash')
  if (problem === 'origin-with-default-port') return replaceOrigin(entry, written, 'Remove the port')
  return replaceOrigin(entry, written)
}

/** With credentials that would be broken in another way. */
const anybody: Finding['fix']['apply'] = (policy) => ({ ...policy, origins: 'any', credentials: false })

/** A list without an entry lets nobody in, as `none` says more plainly. */
export const emptyOriginList: Rule = ({ origins }) =>
  Array.isArray(origins) && origins.length === 0
    ? [
        {
          code: 'empty-origin-list',
          severity: 'notice',
          where: { field: 'origins' },
          sentence: 'The list is empty: nobody may read.',
          fix: { label: 'Say nobody', apply: (policy) => ({ ...policy, origins: 'none' }) },
        },
      ]
    : []
