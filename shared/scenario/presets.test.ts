import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { MockServer } from '#shared/policy/mock-server'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import { predict } from '#shared/lab/predict'
import { profileNames } from '#shared/lab/prediction'
import { verdictOf, type VerdictKind } from '#shared/lab/verdict'
import { openPreset } from './open-preset.ts'
import { presets } from './presets.ts'
import { SavedRequest } from './workspace.ts'

/** What each is there to show: the verdict, and the step that ruled. */
const shows: Record<string, [VerdictKind, string]> = {
  'header-nobody-allowed': ['blocked-preflight', 'cors-preflight-fetch/7.7'],
  'works-in-curl': ['blocked-cors-check', 'cors-check/2'],
  'login-before-preflight': ['blocked-preflight', 'cors-check/2'],
  'asterisk-and-cookie': ['blocked-cors-check', 'cors-check/4'],
  'patch-is-not-PATCH': ['blocked-preflight', 'cors-preflight-fetch/7.5'],
  'fine-until-it-fails': ['blocked-cors-check', 'cors-check/2'],
  'trailing-slash': ['blocked-preflight', 'cors-check/2'],
  'opaque-answer': ['opaque', ''],
  'allowed-twice': ['blocked-cors-check', 'cors-check/4'],
  'localhost-is-a-name': ['blocked-cors-check', 'cors-check/2'],
  'redirect-to-login': ['blocked-cors-check', 'cors-check/2'],
  'header-out-of-sight': ['allowed', ''],
}

const opened = presets.map((preset) => openPreset(preset, { server: preset.id, request: preset.id }, 4001))

describe('breaking it on purpose', () => {
  it('has twelve ways, each with a name of its own', () => {
    expect(presets).toHaveLength(12)
    expect(new Set(presets.map(({ title }) => title)).size).toBe(12)
    expect(new Set(presets.map(({ server }) => server.name)).size).toBe(12)
    expect(presets.map(({ id }) => id)).toEqual(Object.keys(shows))
  })

  it.each(opened.map((each) => [each.server.id, each] as const))('%s is what a workspace may hold', (_, { server, request }) => {
    expect(v.parse(MockServer, server)).toEqual(server)
    expect(v.parse(SavedRequest, request)).toEqual(request)
  })

  it.each(opened.map((each) => [each.server.id, each] as const))('%s fails where it says', (id, { server, request }) => {
    const answer = answersOfMockServers([{ server, port: 4001 }])
    for (const profile of profileNames) {
      const prediction = predict({ id, page: request.page, request: request.request }, profile, answer)
      const [kind, step] = shows[id] ?? []
      expect([profile, verdictOf(prediction).kind]).toEqual([profile, kind])
      if (profile === 'standard' && step) expect(prediction.ruling.step).toContain(step)
    }
  })

  it('the header out of sight arrives, and the script does not see it', () => {
    const found = opened.at(-1)!
    const prediction = predict(
      { id: 'x', page: found.request.page, request: found.request.request },
      'chromium',
      answersOfMockServers([{ server: found.server, port: 4001 }]),
    )
    const answer = prediction.exchanges.at(-1)?.answer
    expect(answer?.type === 'response' && answer.headerList.some(([name]) => name === 'X-Total-Count')).toBe(true)
    expect(prediction.headers).not.toContain('x-total-count')
  })
})
