/**
 * How many predictions a second, over all recorded scenarios and all profiles, with their traces; how long 1,000 requests one after another take,
 * with their preflight cache and cookies; and beside it, in the same run, how many of the XMLHttpRequest scenarios jsdom carries out a second
 * against servers on loopback. One core each. Run: npm run bench:predict
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { JSDOM, VirtualConsole } from 'jsdom'
import { predict } from '#shared/lab/predict'
import { profileNames } from '#shared/lab/prediction'
import type { ProfileName } from '#shared/lab/prediction'
import type { Answer, LaterRequest, Scenario } from '#shared/scenario/scenario'

const scenarios = readFileSync(new URL('../conformance/scenarios.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Scenario)

const predictions = measurePredictions()
console.log(
  `predictions: ${round(predictions.perSecond)} a second (${scenarios.length} scenarios × ${profileNames.length} profiles, traces included)`,
)
console.log(
  `  median ${micro(predictions.median)} µs, 99 of a hundred within ${micro(predictions.p99)} µs, longest ${micro(predictions.longest)} µs`,
)

for (const profile of profileNames) {
  const took = measureSequence(profile)
  console.log(
    `a sequence of 1,000 requests in ${profile}: ${took.toFixed(1)} ms (${took < 50 ? 'under' : 'NOT under'} the 50 ms it may take)`,
  )
}

const requests = scenarios.filter(({ request, page }) => request.api === 'xhr' && page.sandboxed !== true)
const jsdom = await measureJSDOM(requests)
console.log(`jsdom: ${round(jsdom.perSecond)} XMLHttpRequests a second (${requests.length} scenarios, sent to loopback one after another)`)
console.log(`  a prediction is ${round(predictions.perSecond / jsdom.perSecond)} times as fast`)

/** Five rounds: the speed of the best, and for each prediction the shortest time it took, so that a busy machine does not count. */
function measurePredictions() {
  // Twice without looking, for the compiler to get warm, as it is in a window that has been open for a second.
  for (let round = 0; round < 2; round++) runAll(() => undefined)
  let perSecond = 0
  const shortest: number[] = []
  for (let round = 0; round < 5; round++) {
    let index = 0
    const started = performance.now()
    runAll((milliseconds) => {
      shortest[index] = Math.min(shortest[index] ?? Infinity, milliseconds)
      index++
    })
    perSecond = Math.max(perSecond, (index / (performance.now() - started)) * 1000)
  }
  const sorted = shortest.sort((a, b) => a - b)
  return { perSecond, median: at(sorted, 0.5), p99: at(sorted, 0.99), longest: at(sorted, 1) }
}

/**
 * Methods, headers and hosts in turn, entries that go stale on the way, and cookies that come with every answer. The shortest of twenty
 * times in milliseconds, so that a busy machine does not count.
 */
function measureSequence(profile: ProfileName): number {
  const methods = ['PUT', 'GET', 'DELETE', 'PATCH', 'POST']
  const urls = ['http://api.app.test/a', 'http://api.app.test/b', 'http://api.other.test/a']
  const one = (at: number): LaterRequest => ({
    api: 'fetch',
    url: urls[at % urls.length] ?? '',
    method: methods[at % methods.length] ?? '',
    headers: [[`X-${at % 7}`, '1']],
    credentials: 'include',
    after: 100,
  })
  const origin: [string, string][] = [
    ['Access-Control-Allow-Origin', 'http://app.test'],
    ['Access-Control-Allow-Credentials', 'true'],
  ]
  const preflight: [string, string][] = [
    ...origin,
    ['Access-Control-Allow-Methods', methods.join(', ')],
    ['Access-Control-Allow-Headers', Array.from({ length: 7 }, (_, at) => `X-${at}`).join(', ')],
  ]
  const scenario: Scenario = {
    id: '1000',
    page: { origin: 'http://app.test' },
    request: one(0),
    then: Array.from({ length: 999 }, (_, at) => one(at + 1)),
    cookies: urls.map((url, at) => ({ url, set: [`visit${at}=1; Path=/`] })),
    server: urls.map((url, at) => ({
      url,
      preflight: { status: 204, headers: preflight },
      response: { status: 200, headers: [...origin, ['Set-Cookie', `answer${at}=1; Max-Age=5`]] },
    })),
  }
  const took = Array.from({ length: 20 }, () => {
    const started = performance.now()
    predict(scenario, profile)
    return performance.now() - started
  })
  return Math.min(...took)
}

function runAll(took: (milliseconds: number) => unknown): void {
  for (const scenario of scenarios) {
    for (const profile of profileNames) {
      const started = performance.now()
      predict(scenario, profile)
      took(performance.now() - started)
    }
  }
}

/** jsdom resolves names itself, so every host of a scenario becomes a port of its own on 127.0.0.1. */
async function measureJSDOM(scenarios: readonly Scenario[]) {
  const servers = new Map<string, Server>()
  const ports = new Map<string, string>()
  const steps = new Map<string, { preflight?: Answer | undefined; response?: Answer | undefined }>()
  const origins = new Set(scenarios.flatMap(({ page, server }) => [page.origin, ...(server ?? []).map(({ url }) => new URL(url).origin)]))
  for (const origin of origins) {
    const server = createServer((request, response) => answer(steps, request, response))
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    servers.set(origin, server)
    ports.set(origin, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  }
  const here = (text: string): string => [...ports].reduce((moved, [origin, port]) => moved.replaceAll(origin, port), text)
  const moved = scenarios.map((scenario) => JSON.parse(here(JSON.stringify(scenario))) as Scenario)
  for (const { url, ...answers } of moved.flatMap(({ server }) => server ?? [])) steps.set(url, answers)

  const windows = new Map(
    moved.map(({ page }) => [page.origin, new JSDOM('', { url: page.origin, virtualConsole: new VirtualConsole() }).window]),
  )
  for (const scenario of moved.slice(0, 5)) await send(windows, scenario)
  const started = performance.now()
  for (const scenario of moved) await send(windows, scenario)
  const took = performance.now() - started
  for (const window of windows.values()) window.close()
  for (const server of servers.values()) {
    server.closeAllConnections()
    server.close()
  }
  return { perSecond: (moved.length / took) * 1000 }
}

function send(windows: ReadonlyMap<string, JSDOM['window']>, { page, request }: Scenario): Promise<void> {
  const window = windows.get(page.origin)
  if (window === undefined) throw new Error(`No window at ${page.origin}`)
  return new Promise((ended) => {
    const xhr = new window.XMLHttpRequest()
    xhr.onloadend = () => {
      ended()
    }
    try {
      xhr.open(request.method ?? 'GET', request.url)
      for (const [name, value] of request.headers) xhr.setRequestHeader(name, value)
      xhr.withCredentials = request.credentials === 'include'
      if (request.uploadListener === true) xhr.upload.onprogress = () => undefined
      xhr.send(typeof request.body === 'string' ? request.body : undefined)
    } catch {
      ended()
    }
  })
}

function answer(
  steps: ReadonlyMap<string, { preflight?: Answer | undefined; response?: Answer | undefined }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const step = steps.get(`http://${request.headers.host ?? ''}${request.url ?? ''}`)
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
  const answer = isPreflight ? step?.preflight : step?.response
  if (answer === undefined) {
    response.writeHead(500).end()
    return
  }
  if ('drop' in answer) {
    request.socket.destroy()
    return
  }
  response.writeHead(answer.status, answer.headers.flat().map(String))
  response.end(answer.body)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function micro(milliseconds: number): string {
  return (milliseconds * 1000).toFixed(1)
}
