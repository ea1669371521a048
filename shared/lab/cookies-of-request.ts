import { whyItStays } from './cookie-sentences.ts'
import { listed, text } from './facts.ts'
import type { TracedRuling } from './prediction.ts'

/** The cookies of the host that a request goes to: those that go along, and those that stay, each with a clause that says why. */
export interface CookiesOfRequest {
  readonly sent: readonly string[]
  readonly stayed: readonly { readonly name: string; readonly why: string }[]
}

/** What a ruling says of the cookies of a request; null where it rules on something else. */
export function cookiesOfRuling({ step, facts = {} }: TracedRuling): CookiesOfRequest | null {
  switch (step) {
    case 'http-network-or-cache-fetch/8.21': {
      const why = `credentials mode \`${text(facts, 'credentialsMode')}\` sends no cookies here`
      return { sent: [], stayed: (listed(facts, 'cookies') ?? []).map((name) => ({ name, why })) }
    }
    case 'append-a-request-cookie-header/5': {
      const reasons = listed(facts, 'reasons') ?? []
      const stayed = (listed(facts, 'stayed') ?? []).map((name, at) => ({ name, why: whyItStays(reasons[at] ?? '') }))
      return { sent: listed(facts, 'sent') ?? [], stayed }
    }
    default:
      return null
  }
}

/** Of the last request on the wire of whose host the jar holds cookies. */
export function lastCookies(trace: readonly TracedRuling[]): CookiesOfRequest | null {
  const ruling = trace.findLast((each) => cookiesOfRuling(each) !== null)
  return ruling === undefined ? null : cookiesOfRuling(ruling)
}
