import type { Workspace } from '#shared/scenario/workspace'

/** The file's text: two spaces of indent and sorted keys, so that a change of one thing is a difference of one line. */
export const workspaceText = (workspace: Workspace): string => `${JSON.stringify(sorted(workspace), null, 2)}\n`

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  // The fields of a form body are sent in their order.
  const isForm = 'kind' in value && 'value' in value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, isForm && key === 'value' ? each : sorted(each)]),
  )
}
