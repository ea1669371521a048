import type { Policy } from '#shared/policy/policy'
import type { PolicyFieldName } from './policy-fields.ts'

/** A finding where the form shows it. */
export interface ShownFinding {
  readonly key: string
  readonly severity: 'broken' | 'risk' | 'notice'
  readonly field: PolicyFieldName
  /** The entry of a list that it is about. */
  readonly entry?: string
  readonly sentence: string
  readonly fix: { readonly label: string; readonly policy: Policy } | null
}

export function findingsOf(_policy: Policy): ShownFinding[] {
  return []
}
