import * as v from 'valibot'
import { LabError } from './errors.ts'
import { isMethodName, methods, type LabService } from './methods.ts'

export type Reply = { ok: true; value: unknown } | { ok: false; error: ReturnType<LabError['toJSON']> }

/**
 * The one door. A transport hands over what it received, whatever it is, and sends back the reply. Never throws.
 * @param report is told of errors nobody foresaw, whose text must not cross.
 */
export async function dispatch(service: LabService, name: unknown, input: unknown, report: (error: unknown) => void): Promise<Reply> {
  try {
    if (!isMethodName(name)) throw new LabError('unknown-method', { name: typeof name === 'string' ? name.slice(0, 100) : typeof name })
    const parsed = v.safeParse<v.GenericSchema>(methods[name].input, input)
    if (!parsed.success) throw new LabError('invalid-input', { issues: issuesByPath(parsed.issues) })
    // The table above ties each name to its input; the compiler cannot follow that through a union of names.
    const call = service[name] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await call(parsed.output) }
  } catch (error) {
    if (error instanceof LabError) return { ok: false, error: error.toJSON() }
    report(error)
    return { ok: false, error: new LabError('internal', {}).toJSON() }
  }
}

function issuesByPath(issues: readonly v.BaseIssue<unknown>[]): Record<string, string[]> {
  const byPath: Record<string, string[]> = {}
  for (const issue of issues) (byPath[v.getDotPath(issue) ?? ''] ??= []).push(issue.message)
  return byPath
}
