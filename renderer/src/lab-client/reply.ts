import type { Reply } from '#shared/contract/dispatch'
import { LabError } from '#shared/contract/errors'

/** A reply's value; a refusal is thrown as the `LabError` it was on the other side. */
export function unwrap(reply: Reply): unknown {
  if (reply.ok) return reply.value
  throw new LabError(reply.error.code, reply.error.details)
}
