import { extractAMIMEType, isJavaScriptMIMEType } from '#shared/fetch/extract-a-mime-type'
import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { get } from '#shared/fetch/header-list'
import { isOkStatus } from '#shared/fetch/response'
import type { Response } from '#shared/fetch/response'
import { endingOfError, failed, isCORSCrossOrigin, isNullBodyStatus, load, unsafeResponse } from './ending.ts'
import type { Ending, EndingSteps } from './ending.ts'
import { moduleText } from './module-text.ts'

type Kind = 'classic' | 'module' | 'worker'

/** https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-script, from the response on. Its type does not matter. */
export const endingOfClassicScript: EndingSteps = (fetchParams, response) => {
  const error = endingOfError(response)
  if (error !== null) return error
  // 5.2. If bodyBytes is null or failure, or response's status is not an ok status, then run onComplete given null.
  if (!hasUsableStatus(fetchParams, response, 'classic')) return failed

  // 5.6. Let mutedErrors be true if response was CORS-cross-origin, and false otherwise.
  const result = isCORSCrossOrigin(response) ? 'muted errors' : 'errors are reported'
  rule(fetchParams, 'passed', { step: 'fetch-a-classic-script/5.6', result })
  return load
}

/**
 * https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script, from the response on. A module that asks for others is
 * not modelled; a body that nobody knows is taken for a module.
 */
const endingOfModule =
  (whereNone: Ending): EndingSteps =>
  (fetchParams, response) => {
    const error = endingOfError(response)
    if (error !== null) return error
    if (!hasUsableStatus(fetchParams, response, 'module')) return failed
    if (!isJavaScript(fetchParams, response, 'fetch-a-single-module-script', false)) return failed
    const result = moduleText(unsafeResponse(response).body ?? '')
    if (result === 'complete') {
      rule(fetchParams, 'passed', { step: 'fetch-a-single-module-script/evaluate', result: 'module script' })
      return load
    }
    const ending: Ending = result === 'SyntaxError' ? whereNone : { outcome: 'not modelled' }
    const effect = ending === load ? 'passed' : ending === failed ? 'stopped' : 'decided'
    rule(fetchParams, effect, { step: 'fetch-a-single-module-script/create', result })
    return ending
  }

/** An element fires load all the same, and reports the error … */
export const endingOfModuleScript = endingOfModule(load)
/** … a promise is rejected with it. */
export const endingOfImport = endingOfModule(failed)

/** https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-classic-worker-script, from the response on. */
export const endingOfWorker: EndingSteps = (fetchParams, response) => {
  const error = endingOfError(response)
  if (error !== null) return error
  if (!hasUsableStatus(fetchParams, response, 'worker')) return failed
  if (!isJavaScript(fetchParams, response, 'fetch-a-classic-worker-script', fetchParams.profile.ways.runsWorkersOfAnyType)) return failed
  rule(fetchParams, 'passed', { step: 'fetch-a-classic-worker-script/evaluate', result: 'classic script' })
  return load
}

const algorithm = {
  classic: 'fetch-a-classic-script',
  module: 'fetch-a-single-module-script',
  worker: 'fetch-a-classic-worker-script',
} as const

/** Whether the status is an ok status and there is a body, or the browser makes do without. */
function hasUsableStatus(fetchParams: FetchParams, response: Response, kind: Kind): boolean {
  const { takesNoBodyForEmpty, runsScriptsOfRedirectStatus: lenient } = fetchParams.profile.ways
  const { status } = unsafeResponse(response)
  const step = kind === 'classic' ? ('fetch-a-classic-script/5.2' as const) : (`${algorithm[kind]}/status` as const)
  if (isOkStatus(status)) {
    if (!isNullBodyStatus(status)) return true
    rule(
      fetchParams,
      takesNoBodyForEmpty ? 'decided' : 'stopped',
      { step, result: 'no body', facts: { status } },
      takesNoBodyForEmpty ? 'takesNoBodyForEmpty' : undefined,
    )
    return takesNoBodyForEmpty
  }
  const isTaken = status < 400 && (kind === 'classic' ? lenient !== 'none' : kind === 'module' && lenient === 'classic and module')
  rule(
    fetchParams,
    isTaken ? 'decided' : 'stopped',
    { step, result: 'not an ok status', facts: { status } },
    isTaken ? 'runsScriptsOfRedirectStatus' : undefined,
  )
  return isTaken
}

function isJavaScript(
  fetchParams: FetchParams,
  response: Response,
  of: 'fetch-a-single-module-script' | 'fetch-a-classic-worker-script',
  anyType: boolean,
): boolean {
  const { headerList } = unsafeResponse(response)
  if (isJavaScriptMIMEType(extractAMIMEType(headerList))) return true
  const facts = { mimeType: get(headerList, 'Content-Type') }
  rule(
    fetchParams,
    anyType ? 'decided' : 'stopped',
    { step: `${of}/mime-type`, result: 'not JavaScript', facts },
    anyType ? 'runsWorkersOfAnyType' : undefined,
  )
  return anyType
}
