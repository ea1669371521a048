import type { ServerExchange, WireMessage } from '#shared/contract/wire'
import { scriptVerdict, type ScriptVerdict } from '#shared/lab/served/script-verdict'
import { readServed } from '#shared/lab/served/served-exchange'
import type { MockServer } from '#shared/policy/mock-server'

/** What a page's script would make of the answer, by the standard; null where CORS has no say. */
export function verdictOf(server: MockServer, { kind, request, response }: ServerExchange): ScriptVerdict | null {
  const served = readServed({ request: textOf(request), response: response && textOf(response) }, server)
  return served && scriptVerdict(served, kind, 'standard')
}

const textOf = ({ bytes }: WireMessage): string => Buffer.from(bytes, 'base64').toString('latin1')
