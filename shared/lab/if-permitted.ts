import type { BrowserProfile } from '#shared/fetch/browser-profile'
import type { CookieStore } from '#shared/fetch/cookie-store'
import { get } from '#shared/fetch/header-list'
import { drive } from '#shared/fetch/steps'
import type { Scenario } from '#shared/scenario/scenario'
import type { Answering } from './answers.ts'
import type { Prediction } from './prediction.ts'
import { freshState, requestSteps } from './request-steps.ts'

/** The scenario's first request with these cookies, to a server that permits whatever a preflight asks. */
export function ifPermitted(scenario: Scenario, profile: BrowserProfile, cookieStore: CookieStore): Prediction {
  return drive(requestSteps(scenario, scenario.request, profile, { ...freshState, cookieStore }), permits).prediction
}

const permits: Answering = ({ headerList }) => ({
  type: 'response',
  status: 200,
  headerList: [
    ['Access-Control-Allow-Origin', get(headerList, 'Origin') ?? '*'],
    ['Access-Control-Allow-Credentials', 'true'],
    ['Access-Control-Allow-Methods', get(headerList, 'Access-Control-Request-Method') ?? ''],
    ['Access-Control-Allow-Headers', get(headerList, 'Access-Control-Request-Headers') ?? ''],
  ],
  body: '',
})
