import type { LaterRequest, Scenario } from './scenario.ts'

/** All requests that the page makes, in order. */
export const requestsOf = ({ request, then = [] }: Pick<Scenario, 'request' | 'then'>): readonly LaterRequest[] => [request, ...then]

/** One of them by itself, as if the page made no other. */
export function aloneIn({ then, ...scenario }: Scenario, at: number): Scenario {
  const later = at === 0 ? undefined : then?.[at - 1]
  if (later === undefined) return scenario
  const request = { ...later }
  delete request.after
  return { ...scenario, request }
}
