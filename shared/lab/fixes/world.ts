import type { SharedCache } from '#shared/policy/shared-cache'
import { firstMatch, readPathPattern } from '#shared/policy/match'
import type { FaultName } from '#shared/policy/fault-names'
import type { MockServer, Route } from '#shared/policy/mock-server'
import type { Policy } from '#shared/policy/policy'
import { serverAt } from '#shared/policy/server-at'
import type { Scenario } from '#shared/scenario/scenario'
import { answersOfMockServers } from '../answers-of-mock-servers.ts'
import { predict } from '../predict.ts'
import type { PredictedExchange, Prediction, ProfileName } from '../prediction.ts'

/** A mock server of the workspace, and the port it listens on, or would listen on. */
export interface LabServer {
  readonly server: MockServer
  readonly port: number
  readonly cache?: SharedCache
}

/** Everything that a fix may change: what the page asks, and how the servers answer. */
export interface World {
  readonly scenario: Scenario
  readonly servers: readonly LabServer[]
}

export type Predictions = Readonly<Record<ProfileName, Prediction>>

export function predictWorld({ scenario, servers }: World): Predictions {
  // Each engine asks servers that nobody has asked before: a shared cache must not carry one's answer over to the next.
  const by = (profile: ProfileName) => predict(scenario, profile, answersOfMockServers(servers))
  return { standard: by('standard'), chromium: by('chromium'), firefox: by('firefox'), webkit: by('webkit') }
}

/** Who answered an exchange: the server, and the route whose policy and faults held. */
export interface Answerer {
  readonly server: MockServer
  readonly route: Route | null
  readonly policy: Policy
  readonly faults: readonly FaultName[]
}

/** null where it was no mock server. */
export function answererOf({ servers }: World, { kind, method, url, requestMethod }: PredictedExchange): Answerer | null {
  const { pathname, search } = new URL(url)
  const server = serverAt(servers, new URL(url))?.server
  if (server === undefined) return null
  // The route that the request after the preflight will take: `respond` asks its policy, too.
  const asked = kind === 'preflight' ? (requestMethod ?? '') : method
  const routed = server.routes.map((route) => ({ method: route.method, pattern: readPathPattern(route.path), route }))
  const route = firstMatch(routed, asked, pathname + search)?.route ?? null
  return { server, route, policy: route?.policy ?? server.policy, faults: route?.faults ?? server.faults }
}

/** The same world with another policy, or other faults, where they are kept: in the route that has its own, or in the server. */
export function withAnswerer(world: World, { server, route }: Answerer, change: { policy?: Policy; faults?: FaultName[] }): World {
  const own = {
    ...(change.policy !== undefined && route?.policy ? { policy: change.policy } : {}),
    ...(change.faults !== undefined && route?.faults ? { faults: change.faults } : {}),
  }
  const shared = {
    ...(change.policy !== undefined && !route?.policy ? { policy: change.policy } : {}),
    ...(change.faults !== undefined && !route?.faults ? { faults: change.faults } : {}),
  }
  const routes = server.routes.map((each) => (each.id === route?.id ? { ...each, ...own } : each))
  const changed: MockServer = { ...server, ...shared, routes }
  return { ...world, servers: world.servers.map((each) => (each.server.id === server.id ? { ...each, server: changed } : each)) }
}
