import { utf8Encode } from '#shared/fetch/byte-strings'
import type { ServedResponse } from './respond.ts'
import { statusMessages } from './status-messages.ts'

/** Why a request is not answered as asked; `status` is what the client is told. */
export interface Refusal {
  readonly status: 400 | 408 | 413 | 431 | 501 | 505
  readonly reason: string
}

/** Said at the end of a connection. */
export function refusalOf({ status, reason }: Refusal): ServedResponse {
  const body = utf8Encode(`${reason}\n`)
  const headerList = [
    ['Content-Type', 'text/plain;charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['Connection', 'close'],
  ] as const
  return { status, statusMessage: statusMessages[status] ?? '', headerList, body }
}

/** What a server that speaks https alone says to everything that comes without TLS. */
export const httpsOnly = refusalOf({ status: 400, reason: 'The URL says http:, but this server speaks https: only.' })
