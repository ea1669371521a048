import type { MockServer, Route } from '#shared/policy/mock-server'
import type { Policy } from '#shared/policy/policy'

/** Whose policy is shown: the server's (`all`), or by its id that of a route that has its own. */
export type Scope = Route['id']

/** The route with a policy of its own; null for the server's policy, also where that route is gone. */
export const routeOf = (server: MockServer, scope: Scope): (Route & { policy: Policy }) | null =>
  server.routes.find((route): route is Route & { policy: Policy } => route.id === scope && route.policy !== null) ?? null

/** A server that answers every request as this scope answers its own. */
export function serverOf(server: MockServer, scope: Scope): MockServer {
  const route = routeOf(server, scope)
  if (!route) return { ...server, routes: [] }
  return { ...server, routes: [], policy: route.policy, response: route.response, faults: route.faults ?? server.faults }
}
