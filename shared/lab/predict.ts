import { profiles } from '#shared/beyond-fetch/profiles/index'
import { drive } from '#shared/fetch/steps'
import type { FetchSteps } from '#shared/fetch/steps'
import type { Scenario } from '#shared/scenario/scenario'
import { answersOfScenario } from './answers.ts'
import type { Answering } from './answers.ts'
import type { Prediction, ProfileName } from './prediction.ts'
import { requestSteps } from './request-steps.ts'
import { sequenceSteps, together } from './sequence.ts'
import type { BeforeRequest } from './sequence.ts'
import { stateAtTheStart } from './visits.ts'

/** What a browser would do with the scenario; `answer` stands for the servers, and is the scenario's own steps unless given. */
export function predict(
  scenario: Scenario,
  profile: ProfileName,
  answer: Answering = answersOfScenario(scenario),
  startedAt = Date.now(),
): Prediction {
  return drive(scenarioSteps(scenario, profile, startedAt), answer)
}

/**
 * The same as steps that pause at every trip to the network.
 * @param startedAt the date of the first request, in milliseconds since 1970
 */
export function* scenarioSteps(
  scenario: Scenario,
  profileName: ProfileName,
  startedAt: number,
  before?: BeforeRequest,
): FetchSteps<Prediction> {
  const profile = profiles[profileName]
  const state = stateAtTheStart(scenario, profile, startedAt)
  if (scenario.then === undefined) return (yield* requestSteps(scenario, scenario.request, profile, state)).prediction
  return together(yield* sequenceSteps(scenario, profile, state, before))
}
