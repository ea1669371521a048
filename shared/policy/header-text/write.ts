import { withoutTabsOrSpaces } from '#shared/fetch/tokens'
import { statusMessages } from '#shared/policy/status-messages'
import type { Policy } from '#shared/policy/policy'
import { answersTo, asks } from './answers-to.ts'

/** A policy as the lines of its answers to one origin: those to a preflight, then those to any other request. */
export function writeHeaderText(policy: Policy, origin: string): string {
  const { status, preflight, response } = answersTo(policy, origin)
  const asked = [...(policy.methods === 'asked' ? [asks.method] : []), ...(policy.requestHeaders === 'asked' ? [asks.header] : [])]
  return [
    asked.length === 0 ? '# preflight' : `# preflight, asking for ${asked.join(' and ')}`,
    `${status} ${statusMessages[status] ?? ''}`.trim(),
    ...preflight.map(([name, value]) => withoutTabsOrSpaces(`${name}: ${value}`)),
    '# response',
    ...response.map(([name, value]) => withoutTabsOrSpaces(`${name}: ${value}`)),
  ].join('\n')
}
