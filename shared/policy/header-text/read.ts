import { byteLowercase, type Header, type HeaderList } from '#shared/fetch/header-list'
import { withoutTabsOrSpaces } from '#shared/fetch/tokens'
import { headerEditsBetween, withHeaderEdits } from '#shared/policy/header-edits'
import type { HeaderEdit, Policy } from '#shared/policy/policy'
import { answersTo, shown, shows } from './answers-to.ts'
import { withFieldsOf } from './fields-of.ts'
import { parseHeaderText, type TextProblem } from './parse.ts'

export type ReadHeaderText =
  | {
      readonly ok: true
      readonly policy: Policy
      /** The origin that the text now answers: another, where `Access-Control-Allow-Origin` names another. */
      readonly origin: string
    }
  | TextProblem

/**
 * The policy that answers with these lines: the one that the text was written of, changed no more than the text was. What the form can say
 * becomes the form's; what it cannot, lines added, removed, doubled or moved, becomes edits by hand. White space about the commas of a list is
 * the form's.
 */
export function readHeaderText(text: string, policy: Policy, origin: string): ReadHeaderText {
  const parsed = parseHeaderText(text)
  if (!parsed.ok) return parsed
  const before = answersTo(policy, origin)
  const { status } = parsed
  if (before.isForbidden && status !== null && status !== before.status)
    return { ok: false, line: parsed.statusLine, problem: `The form says that a refused origin gets ${before.status}.` }
  const wanted = { preflight: asWritten(parsed.preflight, before.preflight), response: asWritten(parsed.response, before.response) }
  const withStatus = before.isForbidden || status === null ? policy : { ...policy, preflightStatus: status }
  if (sameLines(wanted.preflight, before.preflight) && sameLines(wanted.response, before.response))
    return { ok: true, policy: withStatus, origin }

  const next = withFieldsOf(wanted, before, withStatus, origin)
  const edits = (on: HeaderEdit['on']): HeaderEdit[] => editsFor(on, wanted[on], policy, origin, next.policy, next.origin)
  return { ok: true, policy: { ...next.policy, headerEdits: [...edits('preflight'), ...edits('response')] }, origin: next.origin }
}

/** The edits of one kind of answer: those there were, where they still do; else what makes the lines of the policy's own. */
function editsFor(
  on: HeaderEdit['on'],
  wanted: HeaderList,
  policy: Policy,
  origin: string,
  next: Policy,
  nextOrigin: string,
): HeaderEdit[] {
  const there = policy.headerEdits.filter((edit) => edit.on === on)
  const ownBefore = answersTo({ ...policy, headerEdits: [] }, origin)[on]
  const own = answersTo({ ...next, headerEdits: [] }, nextOrigin)[on]
  if (sameLines(withHeaderEdits(own, there, on).flatMap(shown), wanted)) return there
  // Of lines that this origin is not answered with, the text says nothing.
  const unseen = there.filter((edit) => !shows(edit, ownBefore) && !shows(edit, own))
  return [...headerEditsBetween(own, asWritten(wanted, own), on), ...unseen]
}

const lists = new Set(['access-control-allow-methods', 'access-control-allow-headers', 'access-control-expose-headers', 'vary'])

/** Lines that differ from a known one by white space in a list alone are that one. */
const asWritten = (lines: HeaderList, known: HeaderList): HeaderList =>
  lines.map((line): Header => {
    const tidy: Header = [line[0], tidied(line)]
    return known.find((each) => each[0] === line[0] && tidied(each) === tidy[1]) ?? tidy
  })

const tidied = ([name, value]: Header): string =>
  lists.has(byteLowercase(name)) ? value.split(',').map(withoutTabsOrSpaces).join(', ') : value

const sameLines = (a: HeaderList, b: HeaderList): boolean =>
  a.length === b.length && a.every(([name, value], index) => name === b[index]?.[0] && value === b[index][1])
