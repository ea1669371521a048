import { byteCaseInsensitiveMatch } from '#shared/fetch/header-list'
import type { HeaderEdit, Policy } from '#shared/policy/policy'

/** The policy without the lines by hand of one name; of one kind, where it is given. */
export const withoutEdits = (policy: Policy, on: HeaderEdit['on'], name: string, kind?: HeaderEdit['edit']): Policy => ({
  ...policy,
  headerEdits: policy.headerEdits.filter(
    (edit) => !(edit.on === on && byteCaseInsensitiveMatch(edit.name, name) && (kind === undefined || edit.edit === kind)),
  ),
})
