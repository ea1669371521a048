import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import { allowed, body, page } from './subject.ts'

/** The subject as one of the lab's servers. */
export const definition: MockServer = newMockServer({
  id: 'orders',
  name: 'Orders API',
  port: 0,
  policy: {
    ...newPolicy,
    origins: [page],
    methods: allowed.methods,
    requestHeaders: allowed.headers,
    exposedHeaders: allowed.exposed,
    maxAge: allowed.maxAge,
  },
  response: { kind: 'fixed', status: 200, headers: [['Content-Type', 'application/json']], body },
})
