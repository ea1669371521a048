import type { Header, HeaderList } from '#shared/fetch/header-list'
import { withoutTabsOrSpaces } from '#shared/fetch/tokens'
import { corsLayer } from '#shared/policy/cors-headers'
import { asOnTheWire } from '#shared/policy/framed'
import type { HeaderEdit, Policy } from '#shared/policy/policy'

/** The header lines that a policy answers to one origin, as the header text shows them. */
export interface AnswersTo {
  readonly status: number
  /** The status is that of a refusal, whatever the policy's is. */
  readonly isForbidden: boolean
  readonly preflight: HeaderList
  readonly response: HeaderList
}

/** What the preflight asks for, where the policy allows whatever is asked for. */
export const asks = { method: 'PUT', header: 'content-type' }

export function answersTo(policy: Policy, origin: string): AnswersTo {
  const layer = corsLayer(policy)
  const request: HeaderList = [
    ['Origin', origin],
    ['Access-Control-Request-Method', asks.method],
    ['Access-Control-Request-Headers', asks.header],
  ]
  const isForbidden = layer.forbids(request)
  return {
    status: isForbidden ? 403 : policy.preflightStatus,
    isForbidden,
    preflight: layer.preflight(request).flatMap(shown),
    response: layer.response(request).flatMap(shown),
  }
}

/** A line as it can be written in a text: what the wire would not carry is left out. Letters beyond bytes stay letters. */
export const shown = ([name, value]: Header): Header[] =>
  asOnTheWire([name, '']).map(() => [name, withoutTabsOrSpaces(value.replace(/[\0\r\n]/g, ' '))])

/** Whether an edit shows among the lines that it is about. */
export const shows = (edit: HeaderEdit, own: HeaderList): boolean =>
  edit.edit === 'extra' ? shown([edit.name, edit.value]).length > 0 : own.some(([name]) => name.toLowerCase() === edit.name.toLowerCase())
