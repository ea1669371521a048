import { describe, expect, it } from 'vitest'
import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy, type Policy } from '#shared/policy/policy'
import type { Scenario } from '#shared/scenario/scenario'
import { adviceThatFails } from './common-advice.ts'
import type { World } from './world.ts'

const world = (request: Partial<Scenario['request']>, policy: Partial<Policy>): World => ({
  scenario: {
    id: 's',
    page: { origin: 'https://app.example.com' },
    request: { api: 'fetch', url: 'http://localhost:4001/', headers: [], ...request },
  },
  servers: [{ server: newMockServer({ id: 'a', name: 'A', port: 4001, policy: { ...newPolicy, ...policy } }), port: 4001 }],
})

describe('advice that fails', () => {
  it('is `*` in Access-Control-Allow-Headers for a request with credentials', () => {
    const blocked = world({ headers: [['X-A', '1']], credentials: 'include' }, { origins: 'asked', credentials: true })
    expect(adviceThatFails(blocked, 'standard')).toContainEqual({
      label: '`Access-Control-Allow-Headers: *`',
      effect: 'no-help',
      because: expect.stringContaining('x-a') as unknown,
    })
  })

  it('is not `*` where it would help', () =>
    expect(adviceThatFails(world({ headers: [['X-A', '1']] }, { origins: 'asked' }), 'standard').map(({ label }) => label)).not.toContain(
      '`Access-Control-Allow-Headers: *`',
    ))

  it('is mode `no-cors`, which hides what it does not mend', () =>
    expect(adviceThatFails(world({}, { origins: [] }), 'standard')).toContainEqual({
      label: '`mode: "no-cors"`',
      effect: 'hides-it',
      because: 'The script sees neither status nor body.',
    }))

  it('is none where the script can read', () => expect(adviceThatFails(world({}, { origins: 'any' }), 'standard')).toEqual([]))
})
