import type { Predictions } from '#shared/lab/differences'
import type { MockServer } from '#shared/policy/mock-server'
import { serverAt } from '#shared/policy/server-at'

/** What a real browser would not get through to, so that a proof would tell of the lab's proxy instead of a server. */
export interface Obstacle {
  /** Mock servers that the request would reach, if they ran. */
  readonly stopped: readonly MockServer[]
  /** Origins that no mock server answers for. */
  readonly outside: readonly string[]
}

/** @param portOf where a server listens that runs. */
export function obstacleTo(
  predictions: Predictions,
  servers: readonly MockServer[],
  portOf: (id: string) => number | undefined,
): Obstacle | null {
  const all = servers.map((server) => ({ server, port: portOf(server.id) ?? server.port }))
  const urls = new Set(Object.values(predictions).flatMap(({ exchanges }) => exchanges.map(({ url }) => url)))
  const found = [...urls].map((url) => ({ origin: new URL(url).origin, server: serverAt(all, new URL(url))?.server }))
  const stopped = new Set(found.flatMap(({ server }) => (server && portOf(server.id) === undefined ? [server] : [])))
  const outside = new Set(found.filter(({ server }) => server === undefined).map(({ origin }) => origin))
  return stopped.size + outside.size === 0 ? null : { stopped: [...stopped], outside: [...outside] }
}
