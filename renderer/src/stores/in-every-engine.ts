import type { Answering } from '#shared/lab/answers'
import { predict } from '#shared/lab/predict'
import type { Prediction, ProfileName } from '#shared/lab/prediction'
import type { Scenario } from '#shared/scenario/scenario'

export function inEveryEngine(scenario: Scenario, answer: Answering): Record<ProfileName, Prediction> {
  const by = (profile: ProfileName) => predict(scenario, profile, answer)
  return { standard: by('standard'), chromium: by('chromium'), firefox: by('firefox'), webkit: by('webkit') }
}
