import { whyRefused } from './cookie-sentences.ts'
import { cookiesOfRuling } from './cookies-of-request.ts'
import { listed, text } from './facts.ts'
import type { Prediction } from './prediction.ts'
import { code } from './prose.ts'

/** What became of the cookies of a header line. */
export interface LineNote {
  readonly isGood: boolean
  readonly text: string
}

/** The cookies of an exchange: notes for its `Cookie` and its `Set-Cookie` lines, in their order, and a sentence for each that stayed. */
export interface CookieMarks {
  readonly request: readonly LineNote[]
  readonly stayed: readonly string[]
  readonly answer: readonly LineNote[]
}

export function cookieMarks({ trace, exchanges }: Prediction, exchange: number): CookieMarks {
  const isRequest = exchanges[exchange]?.kind === 'request'
  const cookies = isRequest
    ? trace.flatMap((ruling) => (ruling.exchanges === exchange ? (cookiesOfRuling(ruling) ?? []) : [])).at(-1)
    : undefined
  return {
    request: cookies === undefined || cookies.sent.length === 0 ? [] : [{ isGood: true, text: `sent: ${cookies.sent.join(', ')}` }],
    stayed: (cookies?.stayed ?? []).map(({ name, why }) => `${code(name)} stays behind: ${why}.`),
    answer: isRequest ? setNotes({ trace, exchanges }, exchange) : [],
  }
}

function setNotes({ trace, exchanges }: Pick<Prediction, 'trace' | 'exchanges'>, exchange: number): LineNote[] {
  const answered = trace.filter((ruling) => ruling.exchanges === exchange + 1)
  const taken = answered.find(({ step }) => step === 'parse-and-store-response-set-cookie-headers/6.2')
  if (taken !== undefined) {
    return (listed(taken.facts ?? {}, 'outcomes') ?? []).map((outcome) =>
      outcome === 'stored' ? { isGood: true, text: 'kept' } : { isGood: false, text: `not kept: ${whyRefused(outcome)}` },
    )
  }
  const left = answered.find(({ step }) => step === 'http-network-fetch/17')
  const answer = exchanges[exchange]?.answer
  if (left === undefined || answer?.type !== 'response') return []
  const note = { isGood: false, text: `not kept: credentials mode ${code(text(left.facts ?? {}, 'credentialsMode'))} takes none here` }
  return answer.headerList.filter(([name]) => /^set-cookie$/i.test(name)).map(() => note)
}
