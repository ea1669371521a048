import type { ServerExchange } from '#shared/contract/wire'
import type { ProfileName } from '#shared/lab/prediction'
import { scriptVerdict, type ScriptVerdict } from '#shared/lab/served/script-verdict'
import { readServed, type ServedExchange } from '#shared/lab/served/served-exchange'
import type { MockServer } from '#shared/policy/mock-server'

type Whereabouts = Pick<MockServer, 'scheme' | 'hosts'>

/** What the bytes of a log's row say. */
export const servedOf = ({ request, response }: ServerExchange, server: Whereabouts): ServedExchange | null =>
  readServed({ request: atob(request.bytes), response: response && atob(response.bytes) }, server)

/** Enough for every head that a server takes, and little enough for every row of a log. In base64, four letters are three bytes. */
const headLetters = 4 * 32_768

/** The same without their bodies. */
export function servedHeadOf({ request, response }: ServerExchange, server: Whereabouts): ServedExchange | null {
  const headOf = (bytes: string) => atob(bytes.slice(0, headLetters))
  return readServed({ request: headOf(request.bytes), response: response && headOf(response.bytes) }, server)
}

/** What a script in that browser would have made of it. */
export function scriptVerdictOf(exchange: ServerExchange, server: Whereabouts, profile: ProfileName): ScriptVerdict | null {
  const served = servedHeadOf(exchange, server)
  return served && scriptVerdict(served, exchange.kind, profile)
}
