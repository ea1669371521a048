import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Sweep } from '#shared/scenario/sweep'
import type { SavedRequest, Workspace } from '#shared/scenario/workspace'

/** A policy of 200 origins, and a request of 40 headers that it allows. */
export function workspace(port: number): Workspace {
  const names = Array.from({ length: 40 }, (_, n) => `X-Header-${n}`)
  const origins = Array.from({ length: 200 }, (_, n) => `https://app-${n}.example.com`)
  const saved: SavedRequest = {
    id: 'request',
    name: 'Forty headers',
    page: { origin: 'https://app-199.example.com' },
    request: {
      api: 'fetch',
      method: 'PUT',
      url: `http://localhost:${port}/orders/`,
      headers: names.map((name) => [name, 'value']),
      disabledHeaders: [],
    },
  }
  const sweep: Sweep = {
    id: 'sweep',
    name: 'Ten thousand cells',
    server: 'server',
    path: '/orders/',
    origins: origins.slice(0, 100),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    headerSets: Array.from({ length: 10 }, (_, n) => (n === 0 ? [] : [[`X-Header-${n}`, '1']])),
    credentials: ['omit', 'include'],
  }
  const policy = { ...newPolicy, origins, methods: ['PUT'], requestHeaders: names.map((name) => name.toLowerCase()) }
  return {
    version: 1,
    name: 'Bench',
    servers: [newMockServer({ id: 'server', name: 'Two hundred origins', port, policy })],
    requests: [saved],
    sweeps: [sweep],
  } as unknown as Workspace
}
