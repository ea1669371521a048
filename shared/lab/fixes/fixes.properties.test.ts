import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultNames } from '#shared/policy/fault-names'
import { newMockServer } from '#shared/policy/mock-server'
import type { Policy } from '#shared/policy/policy'
import { newPolicy } from '#shared/policy/policy'
import type { Scenario } from '#shared/scenario/scenario'
import { profileNames } from '../prediction.ts'
import { findFixes } from './find-fixes.ts'
import { predictWorld, type World } from './world.ts'

const names = fc.subarray(['content-type', 'x-a', '*', 'PUT', 'patch'])
const policies: fc.Arbitrary<Policy> = fc.record({
  origins: fc.oneof(
    fc.constantFrom('none' as const, 'any' as const, 'asked' as const),
    fc.subarray(['https://app.example.com', 'null', 'http://localhost:*']),
  ),
  refusedOrigin: fc.constantFrom('no-headers' as const, 'first-origin' as const, '403' as const),
  credentials: fc.boolean(),
  methods: fc.oneof(fc.constant('asked' as const), names),
  requestHeaders: fc.oneof(fc.constant('asked' as const), names),
  exposedHeaders: fc.constant([]),
  maxAge: fc.constant(null),
  vary: fc.constant(newPolicy.vary),
  preflightStatus: fc.constantFrom(200, 204, 302, 404),
  headerEdits: fc.constant([]),
})
const requests: fc.Arbitrary<Scenario['request']> = fc.record(
  {
    api: fc.constantFrom('fetch' as const, 'xhr' as const),
    url: fc.constantFrom('http://localhost:4001/a', 'http://localhost:4001/a?b', 'http://localhost:4009/'),
    headers: fc.subarray<[string, string]>([
      ['X-A', '1'],
      ['Content-Type', 'application/json'],
      ['Save-Data', 'on'],
      ['Bad name', '1'],
    ]),
    method: fc.constantFrom('GET', 'PUT', 'patch', 'DELETE', 'TRACE'),
    mode: fc.constantFrom('cors', 'no-cors', 'same-origin'),
    credentials: fc.constantFrom('include', 'omit'),
    redirect: fc.constantFrom('follow', 'error', 'manual'),
    body: fc.constant('a'),
  },
  { requiredKeys: ['api', 'url', 'headers'] },
)
const worlds: fc.Arbitrary<World> = fc
  .tuple(
    policies,
    fc.subarray([...faultNames], { maxLength: 2 }),
    requests,
    fc.constantFrom('https://app.example.com', 'http://localhost:5173'),
    fc.boolean(),
  )
  .map(([policy, faults, request, origin, sandboxed]) => ({
    scenario: { id: 'any', page: { origin, sandboxed }, request },
    servers: [{ server: newMockServer({ id: 'a', name: 'A', port: 4001, policy, faults }), port: 4001 }],
  }))

describe('every fix that is offered, for any request, policy and faults', () => {
  it('makes the script read, in the engines that it names and in no other', () => {
    fc.assert(
      fc.property(worlds, fc.constantFrom(...profileNames), (world, profile) => {
        for (const fix of findFixes(world, profile)) {
          const predictions = predictWorld(fix.world)
          const read = profileNames.filter((name) => ['basic', 'cors', 'load'].includes(predictions[name].outcome))
          expect(read).toContain(profile)
          expect([...fix.allowedIn].sort()).toEqual([...read].sort())
          expect(fix.changes.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
