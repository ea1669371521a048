import { originLetInBy } from '#shared/policy/origin-pattern'
import type { Policy } from '#shared/policy/policy'

/**
 * Origins worth asking a policy about: those it names, and those that a careless one lets in besides.
 * @param pages origins of the pages in the workspace.
 */
export function originsToTry(policy: Pick<Policy, 'origins'>, pages: readonly string[]): string[] {
  const listed = Array.isArray(policy.origins) ? policy.origins : []
  const named = listed.map(originLetInBy).filter((origin) => origin !== null)
  const [first = 'https://app.example.com'] = [...named, ...pages]
  const lookalike = URL.parse(first)
  return [
    ...new Set([
      ...named,
      ...pages,
      ...(lookalike ? [`${lookalike.protocol}//${lookalike.hostname}.evil.example`] : []),
      'https://evil.example',
      'null',
    ]),
  ]
}
