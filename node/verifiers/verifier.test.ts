import { expect, it } from 'vitest'
import { Verifier } from './verifier.ts'

it.each([
  ['http://localhost:6000', 'its port is another protocol’s'],
  ['chrome-extension://abcdef', 'it can be one on http: or https:, or null'],
])('starts no browser for a page that none opens, at %s, and says why', async (origin, why) => {
  let started = 0
  const verifier = new Verifier({
    start: () => Promise.reject(new Error(`Start ${(started += 1)}`)),
    mockServerAt: () => null,
    isOwnPort: () => false,
    log: () => undefined,
  })
  const request = { api: 'fetch' as const, url: 'http://localhost:4001/', headers: [] }
  await expect(verifier.observe({ id: 'a', page: { origin }, request })).rejects.toThrow(why)
  expect(started).toBe(0)
  await expect(verifier.observe({ id: 'b', page: { origin: 'http://localhost:5173' }, request })).rejects.toThrow('Start 1')
})

it('starts no browser for a sequence whose waits nobody would sit through', async () => {
  const verifier = new Verifier({
    start: () => Promise.reject(new Error('It starts.')),
    mockServerAt: () => null,
    isOwnPort: () => false,
    log: () => undefined,
  })
  const request = { api: 'fetch' as const, url: 'http://localhost:4001/', headers: [] }
  const sequence = (...waits: number[]) => ({
    id: 'a',
    page: { origin: 'http://localhost:5173' },
    request,
    then: waits.map((after) => ({ ...request, after })),
  })
  // The last is more than any browser's timer can hold: it would not wait at all.
  for (const waits of [[30_000, 30_001], [3 * 3_600_000], [2 ** 31]])
    await expect(verifier.observe(sequence(...waits))).rejects.toMatchObject({
      code: 'proof-waits-too-long',
      details: { wait: waits.reduce((sum, each) => sum + each), longest: 60_000 },
    })
  await expect(verifier.observe(sequence(30_000, 30_000))).rejects.toThrow('It starts.')
})
