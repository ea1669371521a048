import type { Policy } from '#shared/policy/policy'
import { plain } from '../prose.ts'
import type { ProfileName } from '../prediction.ts'
import { answererOf, predictWorld, withAnswerer, type World } from './world.ts'

/** Advice that is often given and does not mend what is wrong here; tried by the engine, as everything is. */
export interface Advice {
  readonly label: string
  /** `no-help`: the script still reads nothing. `hides-it`: no error any more, and nothing to read either. */
  readonly effect: 'no-help' | 'hides-it'
  /** What the engine says of it. */
  readonly because: string
}

const policyAdvice: readonly { label: string; changes: Partial<Policy>; steps: RegExp }[] = [
  { label: '`Access-Control-Allow-Origin: *`', changes: { origins: 'any' }, steps: /^cors-check\/[345]/ },
  { label: '`Access-Control-Allow-Methods: *`', changes: { methods: ['*'] }, steps: /^cors-preflight-fetch\/7\.5/ },
  { label: '`Access-Control-Allow-Headers: *`', changes: { requestHeaders: ['*'] }, steps: /^cors-preflight-fetch\/7\.[67]/ },
]

/** The usual advice that concerns the step at which the request was stopped, as far as it would not help. */
export function adviceThatFails(world: World, profile: ProfileName): Advice[] {
  const prediction = predictWorld(world)[profile]
  const last = prediction.exchanges.at(-1)
  const answerer = last === undefined ? null : answererOf(world, last)
  if (prediction.outcome !== 'network-error' || answerer === null) return []
  const { request } = world.scenario
  const tried = [
    ...policyAdvice
      .filter(({ steps }) => steps.test(prediction.ruling.step))
      .map(({ label, changes }) => ({ label, world: withAnswerer(world, answerer, { policy: { ...answerer.policy, ...changes } }) })),
    ...(request.api === 'fetch' && request.mode !== 'no-cors'
      ? [{ label: '`mode: "no-cors"`', world: { ...world, scenario: { ...world.scenario, request: { ...request, mode: 'no-cors' } } } }]
      : []),
  ]
  return tried.flatMap(({ label, world: advised }): Advice[] => {
    const { outcome, ruling } = predictWorld(advised)[profile]
    if (outcome === 'opaque') return [{ label, effect: 'hides-it', because: 'The script sees neither status nor body.' }]
    return outcome === 'network-error' || outcome === 'exception' ? [{ label, effect: 'no-help', because: plain(ruling.sentence) }] : []
  })
}
