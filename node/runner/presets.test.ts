import { afterAll, beforeAll, expect, it } from 'vitest'
import { MockServers } from '#node/mock-server/mock-servers'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { openPreset } from '#shared/scenario/open-preset'
import { presets } from '#shared/scenario/presets'
import type { Scenario } from '#shared/scenario/scenario'
import { throwAwayCertificates } from '../../tests/support/throw-away-certificates.ts'
import { run } from './run.ts'

const certificates = throwAwayCertificates()
const servers = new MockServers(() => undefined)
const ports = new Map<string, number>()

beforeAll(async () => {
  for (const { id, server } of presets) ports.set(id, (await servers.start({ ...server, id, port: 0 })).port)
})
afterAll(() => servers.stopAll())

it.each(presets.map((preset) => [preset.id, preset] as const))('%s comes out on the wire as it was foretold', async (id, preset) => {
  const port = ports.get(id)!
  const { server, request } = openPreset(preset, { server: id, request: id }, port)
  const scenario: Scenario = { id, page: request.page, request: request.request }
  const signal = new AbortController().signal
  const { prediction } = await run({ scenario, profile: 'chromium', timeout: 10_000, signal, onExchange: () => undefined, certificates })
  const foretold = predict(scenario, 'chromium', answersOfMockServers([{ server, port }]))
  expect(prediction).toEqual(foretold)
})
