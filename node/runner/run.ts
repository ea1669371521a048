import { setTimeout as sleep } from 'node:timers/promises'
import type { RunResult } from '#shared/contract/methods'
import type { RunExchange } from '#shared/contract/wire'
import { driveAsync, type HTTPNetworkFetch, type NetworkAnswer } from '#shared/fetch/steps'
import { unheard } from '#shared/lab/answers'
import { scenarioSteps } from '#shared/lab/predict'
import type { ProfileName } from '#shared/lab/prediction'
import { runWaits, waitedFor } from '#shared/lab/run-waits'
import { serversOf } from '#shared/lab/servers-of-scenario'
import type { LaterRequest, Scenario } from '#shared/scenario/scenario'
import type { Certificates } from '#node/certificates/certificates'
import type { Address } from './connect.ts'
import { exchangeOverUndici, type Exchanged } from './exchange-over-undici.ts'
import { startScenarioServer } from './scenario-server.ts'

export interface RunOptions {
  readonly scenario: Scenario
  readonly profile: ProfileName
  /** Milliseconds that the whole run may take, apart from the waits of its scenario; an exchange under way then ends with a network error. */
  readonly timeout: number
  readonly signal: AbortSignal
  /** Called as each exchange ends, in order. */
  readonly onExchange: (exchange: RunExchange) => void
  /** By which a scenario's own servers speak https. */
  readonly certificates: Pick<Certificates, 'secureContextFor' | 'trustingContext'>
  /** The lab's own server that a URL leads to; undefined, or not given: the URL goes where it says. */
  readonly serverOf?: (url: URL) => Promise<Address | undefined>
}

/**
 * Sends a scenario as the browser of the profile would, and says what it would make of the answers. A scenario with server steps of its own is
 * sent to a loopback server that plays them; any other goes to the lab's own servers, and else where its URLs say. Of several requests, each
 * waits as `runWaits` says.
 * @throws the reason of `signal`, and what `serverOf` does.
 */
export async function run({ scenario, profile, timeout, signal, onExchange, certificates, serverOf }: RunOptions): Promise<RunResult> {
  const startedAt = Date.now()
  const start = performance.now()
  const waits = runWaits(scenario)
  const limits = { cancel: signal, deadline: AbortSignal.timeout(timeout + waitedFor(waits)), timeout }
  let host = ''
  const server =
    scenario.server === undefined ? null : await startScenarioServer(scenario.server, () => certificates.secureContextFor(host))
  const played = async (url: URL): Promise<Address | undefined> => {
    if (server === null || url.protocol !== 'https:') return server?.address
    host = url.hostname
    return { ...server.address, trust: await certificates.trustingContext() }
  }
  const isServed = serversOf(scenario)
  /** The request that is under way, and the milliseconds to wait before anything of it is sent. */
  let current: LaterRequest = scenario.request
  let wait = 0
  const steps = scenarioSteps(scenario, profile, startedAt, (state, request) => {
    current = request
    const next = waits.shift()
    if (next?.isMoved === false) wait += next.after
    return state
  })
  try {
    const prediction = await driveAsync(steps, async (fetch) => {
      if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined)
      wait = 0
      signal.throwIfAborted()
      const url = new URL(fetch.url)
      if (server !== null && isServed(url) === false) return unheard(fetch.url)
      const exchanged = await exchangeOverUndici(fetch, limits, (await played(url)) ?? (await serverOf?.(url)))
      onExchange(exchanged.exchange)
      return current.api === 'xhr' ? wholeOrNothing(fetch, exchanged) : exchanged.answer
    })
    return { prediction, startedAt, took: performance.now() - start }
  } finally {
    await server?.close()
  }
}

/**
 * XMLHttpRequest waits for the whole body, and one that breaks off is a network error to it; a redirect's or a preflight's body it never reads.
 * https://xhr.spec.whatwg.org/#the-send()-method, processBodyError
 */
function wholeOrNothing({ kind }: HTTPNetworkFetch, { answer, exchange: { trouble } }: Exchanged): NetworkAnswer {
  const bodyIsRead = kind === 'request' && answer.type === 'response' && (answer.status < 300 || answer.status >= 400)
  return bodyIsRead && trouble !== undefined ? { type: 'network-error', reason: trouble } : answer
}
