import { utf8Decode, utf8Encode } from '#shared/fetch/byte-strings'
import { contains, get, type Header, type HeaderList } from '#shared/fetch/header-list'
import { contentTypeOf } from './content-type.ts'
import { corsLayer, isCORSPreflightRequest, type CORSLayer } from './cors-headers.ts'
import { defaultFaultOptions, type FaultName, type FaultOptions } from './fault-names.ts'
import { asOnTheWire, hasNoBody, ownHeaders } from './framed.ts'
import { firstMatch, pathOf, readPathPattern } from './match.ts'
import type { MockResponse, MockServer, Route } from './mock-server.ts'
import type { Policy } from './policy.ts'
import type { SharedCache } from './shared-cache.ts'
import { spoiledHeaders } from './spoiled-headers.ts'
import { statusMessages } from './status-messages.ts'

/** A request as it arrived; bytes are latin-1 strings. */
export interface ServedRequest {
  readonly method: string
  /** Path and query, as on the request line. */
  readonly target: string
  readonly headerList: HeaderList
  /** Its first bytes will do: no more than `echoLimit` are looked at. */
  readonly body: string
  /** How many bytes there were, where `body` holds fewer. */
  readonly bodySize?: number
}

/** An answer, whole: whoever sends it adds no header and no byte, so that what a prediction says of it is what comes over the wire. */
export interface ServedResponse {
  readonly status: number
  readonly statusMessage: string
  readonly headerList: HeaderList
  /** Bytes as a latin-1 string; empty where the message may not have any. */
  readonly body: string
  /** The body is that file's bytes, in chunks; `body` is empty then. The path is as the user wrote it. */
  readonly file?: string
  /** Milliseconds before it is sent. */
  readonly delay?: number
  /** The connection is closed without a byte; all the rest is what would have been said. */
  readonly drop?: true
  /** Sent as HTTP/1.0; its end is the connection's end. */
  readonly closes?: true
  /** The route that matched, as `GET /items/:id`. */
  readonly route?: string
  /** Whether the server's own code ran, in place of its CORS layer, a fault or a cache. */
  readonly handled?: boolean
  /** A shared cache may have another answer; nobody said what it holds. */
  readonly needsCache?: true
  /** The shared cache keeps it under this key. */
  readonly cachedAs?: string
}

/** What an answer depends on besides the request. */
export interface ServerMemory {
  /** What the shared cache holds. */
  readonly cache?: SharedCache
  /** The file that the answer would be made of is not to be had. */
  readonly missingFile?: true
}

/** What of a server its answers depend on. */
export type AnsweringServer = Pick<MockServer, 'policy' | 'response'> & Partial<Pick<MockServer, 'routes' | 'faults' | 'faultOptions'>>

export type Responder = (request: ServedRequest, memory?: ServerMemory) => ServedResponse

/** A request but for its target and body. */
type AskedHead = Pick<ServedRequest, 'method' | 'headerList'>

/** Bytes of a request's body that an echo gives back. */
export const echoLimit = 256 * 1024

/**
 * What a mock server answers: on the wire, and in a prediction. A CORS-preflight request is answered by the policy alone, everything else by
 * the response together with the policy's headers. The header lines come in this order: the response's own, the policy's, `Content-Length`.
 * There is no `Date`: nobody here knows the time, and a script must read in a run what it would read by the prediction.
 */
export const respond = (server: AnsweringServer, request: ServedRequest, memory?: ServerMemory): ServedResponse =>
  responder(server)(request, memory)

/** The same for many requests: the server's definition is taken apart once. A definition that changes needs another. */
export function responder(server: AnsweringServer): Responder {
  const respondTo = responderTo(server)
  return (request, memory) => respondTo(request)(request, memory)
}

/** The same for many requests that share method and header lines: what depends on no more than these is worked out once, and is the same object. */
export function responderTo({
  policy,
  response,
  routes = [],
  faults = [],
  faultOptions = defaultFaultOptions,
}: AnsweringServer): (head: AskedHead) => Responder {
  const otherwise = answererOf({ policy, response, faults, faultOptions })
  const routed = routes.map((route) => ({
    method: route.method,
    pattern: readPathPattern(route.path),
    answer: answererOf({ ...route, policy: route.policy ?? policy, faults: route.faults ?? faults, faultOptions, route }),
  }))
  return (head) => {
    const isPreflight = isCORSPreflightRequest(head)
    // The route that the request after the preflight will take: its policy is asked.
    const method = isPreflight ? (get(head.headerList, 'Access-Control-Request-Method') ?? '') : head.method
    let last: { answer: Answerer; respond: Responder } | null = null
    return (request, memory) => {
      const answer = firstMatch(routed, method, request.target)?.answer ?? otherwise
      if (last?.answer !== answer) last = { answer, respond: answer(isPreflight) }
      return last.respond(request, memory)
    }
  }
}

/** A policy says nearly the same lines in each answer: of each name, the last one is kept as it goes over the wire. */
function asOnTheWireBefore(): (line: Header) => HeaderList {
  const last = new Map<string, { value: string; lines: HeaderList }>()
  return (line) => {
    const [name, value] = line
    const known = last.get(name)
    if (known?.value === value) return known.lines
    const lines = asOnTheWire(line)
    last.set(name, { value, lines })
    return lines
  }
}

interface Parts {
  readonly policy: Policy
  readonly response: MockResponse
  readonly faults: readonly FaultName[]
  readonly faultOptions: FaultOptions
  readonly route?: Route
}

/** For requests of one method and header lines, which say whether that is a CORS-preflight request. */
type Answerer = (isPreflight: boolean) => Responder

function answererOf(parts: Parts): Answerer {
  const { policy, faultOptions, route } = parts
  const faults = new Set(parts.faults)
  const cors = corsLayer(policy)
  const onTheWire = asOnTheWireBefore()
  const own = ownAnswer(parts.response, route?.cookies ?? [])
  const drops = faults.has('connection-dropped') ? faultOptions.dropped : null
  const always = {
    ...(route === undefined ? {} : { route: `${route.method} ${route.path}` }),
    ...(faults.has('http-1.0-close') ? { closes: true as const } : {}),
  }
  const corsLines = (kind: 'preflight' | 'response', { headerList }: AskedHead): HeaderList =>
    spoiledHeaders(cors[kind](headerList), faults, policy).flatMap(onTheWire)

  const preflightAnswer = (request: ServedRequest): Answer => {
    const { optionsStatus, redirectStatus } = faultOptions
    if (faults.has('preflight-needs-auth')) return plain(401, 'Authentication required\n', [['WWW-Authenticate', 'Bearer']])
    if (faults.has('options-not-routed')) return plain(optionsStatus, `${statusMessages[optionsStatus] ?? ''}\n`)
    if (faults.has('preflight-redirected')) return redirect(redirectStatus, elsewhere(request.target))
    if (cors.forbids(request.headerList)) return withLines(forbidden, corsLines('preflight', request))
    return { status: policy.preflightStatus, headerList: corsLines('preflight', request), body: '' }
  }

  const answerPreflight = (request: ServedRequest): ServedResponse => {
    return {
      ...framed(request, preflightAnswer(request), faults),
      ...always,
      handled: false,
      ...(faults.has('slow-preflight') ? { delay: faultOptions.preflightDelay } : {}),
      ...(drops === 'preflight' || drops === 'both' ? { drop: true } : {}),
    }
  }

  const respond = (request: ServedRequest, memory: ServerMemory): ServedResponse => {
    const isCached = faults.has('no-vary-behind-a-cache') && mayBeCached(request)
    const cache = isCached ? memory.cache : undefined
    const cached = cache && Object.hasOwn(cache, request.target) ? cache[request.target] : undefined
    if (cached !== undefined) return cached
    const refusal = refusalOf(request, cors, route)
    const answer = refusal ?? (memory.missingFile ? noSuchFile : own(request))
    const response: ServedResponse = {
      ...framed(request, withLines(answer, corsLines('response', request), cache === undefined ? [] : missed), faults),
      ...always,
      handled: refusal === null,
      ...(route !== undefined && route.delay > 0 ? { delay: route.delay } : {}),
      ...(drops === 'request' || drops === 'both' ? { drop: true } : {}),
    }
    if (isCached && cache === undefined) return { ...response, needsCache: true }
    return cache !== undefined && isKept(response) ? { ...response, cachedAs: request.target } : response
  }

  const dependsOnTarget = {
    preflight: faults.has('preflight-redirected'),
    response: parts.response.kind === 'echo' || faults.has('no-vary-behind-a-cache'),
  }
  return (isPreflight) => {
    if (isPreflight) return dependsOnTarget.preflight ? answerPreflight : once(answerPreflight)
    const steady = once((request) => respond(request, {}))
    return (request, memory = {}) => (dependsOnTarget.response || memory.missingFile ? respond(request, memory) : steady(request))
  }
}

/** All that ask get what the first one got. */
function once(respond: (request: ServedRequest) => ServedResponse): (request: ServedRequest) => ServedResponse {
  let made: ServedResponse | null = null
  return (request) => (made ??= respond(request))
}

/** What is said before the framing; header lines are ready for the wire. */
interface Answer {
  readonly status: number
  readonly headerList: HeaderList
  /** Bytes. */
  readonly body: string
  readonly file?: string
}

const plain = (status: number, text: string, headerList: HeaderList = []): Answer => ({
  status,
  headerList: [['Content-Type', 'text/plain;charset=utf-8'], ...headerList],
  body: utf8Encode(text),
})

const noSuchFile = plain(404, 'There is no such file in the workspace’s folder.\n')

function ownAnswer(response: MockResponse, cookies: readonly string[]): (request: ServedRequest) => Answer {
  const cookieLines: HeaderList = cookies.map((cookie) => ['Set-Cookie', cookie])
  const lines = (headers: HeaderList, contentType?: string) => ownHeaders([...headers, ...cookieLines], contentType)
  switch (response.kind) {
    case 'echo': {
      const headerList = lines([], 'application/json')
      return (request) => ({ status: 200, headerList, body: echo(request) })
    }
    case 'fixed':
    case 'json': {
      const headerList = lines(response.headers, response.kind === 'json' ? 'application/json' : undefined)
      const answer = { status: response.status, headerList, body: utf8Encode(response.body) }
      return () => answer
    }
    case 'file': {
      const headerList = lines(response.headers, contentTypeOf(response.file))
      const answer = { status: response.status, headerList, body: '', file: response.file }
      return () => answer
    }
    case 'redirect': {
      const headerList = lines([...response.headers, ['Location', response.location]])
      const answer = { status: response.status, headerList, body: '' }
      return () => answer
    }
  }
}

const withLines = (answer: Answer, ...lines: HeaderList[]): Answer => ({ ...answer, headerList: [...answer.headerList, ...lines.flat()] })

const missed: HeaderList = [['X-Cache', 'MISS']]

const redirect = (status: number, location: string): Answer => ({ status, headerList: [['Location', location]], body: '' })

/** With a slash at its end, or without; the root's is its login page. */
function elsewhere(target: string): string {
  const path = pathOf(target)
  const query = target.includes('?') ? target.slice(target.indexOf('?')) : ''
  return `${path === '/' ? '/login' : path.endsWith('/') ? path.slice(0, -1) : `${path}/`}${query}`
}

const forbidden = plain(403, 'Invalid CORS request\n')

/** What keeps a request from the server's own code; null where nothing does. The CORS headers come in later. */
function refusalOf({ headerList }: ServedRequest, cors: CORSLayer, route: Route | undefined): Answer | null {
  if (cors.forbids(headerList)) return forbidden
  // Bearer, not Basic: nobody wants a browser's dialog in a test.
  return route?.needsCredentials && !contains(headerList, 'Cookie') && !contains(headerList, 'Authorization')
    ? plain(401, 'Neither Cookie nor Authorization came with this request.\n', [['WWW-Authenticate', 'Bearer']])
    : null
}

const mayBeCached = ({ method, headerList }: ServedRequest): boolean => method === 'GET' && !contains(headerList, 'Authorization')

const isKept = ({ status, headerList, drop, file }: ServedResponse): boolean =>
  status === 200 && drop === undefined && file === undefined && !contains(headerList, 'Set-Cookie')

/** The answer as it goes over the wire. */
function framed(request: ServedRequest, answer: Answer, faults: ReadonlySet<FaultName>): Omit<ServedResponse, 'handled'> {
  const { status, body } = answer
  const loses = status >= 400 && faults.has('errors-lose-cors-headers')
  const headerList = loses ? answer.headerList.filter(([name]) => !/^(?:access-control-.*|vary)$/i.test(name)) : [...answer.headerList]
  const closes = faults.has('http-1.0-close')
  const file = answer.file === undefined || hasNoBody(status) || status === 205 ? undefined : answer.file
  if (closes) headerList.push(['Connection', 'close'])
  else if (file !== undefined) headerList.push(['Transfer-Encoding', 'chunked'])
  else if (!hasNoBody(status)) headerList.push(['Content-Length', String(status === 205 ? 0 : body.length)])
  const toHEAD = request.method === 'HEAD'
  return {
    status,
    statusMessage: statusMessages[status] ?? '',
    headerList,
    body: hasNoBody(status) || status === 205 || toHEAD ? '' : body,
    ...(file === undefined || toHEAD ? {} : { file }),
  }
}

function echo({ method, target, headerList, body, bodySize = body.length }: ServedRequest): string {
  const text = utf8Decode(body.slice(0, echoLimit))
  const cut = bodySize > echoLimit ? { bodySize, note: `Only the first ${echoLimit} bytes of the body are given back.` } : {}
  return utf8Encode(JSON.stringify({ method, target, headers: headerList, body: text, ...cut }, null, 2))
}
