import * as v from 'valibot'
import { apis } from '#shared/fetch/scripted-request'

/** Values are latin-1 on the wire; order, letter case and repetition are part of the scenario. */
export const HeaderList = v.array(v.tuple([v.string(), v.string()]))

const Body = v.union([
  v.string(),
  v.object({ kind: v.picklist(['urlencoded', 'form']), value: v.record(v.string(), v.string()) }),
  /** As `new URLSearchParams(string)`. */
  v.object({ kind: v.literal('urlencoded'), value: v.string() }),
  v.object({ kind: v.literal('blob'), value: v.string(), type: v.optional(v.string()) }),
  v.object({ kind: v.literal('bytes'), value: v.string() }),
])

/** What the page asks for, as its script or markup writes it: nothing is normalised, for what the API does with it is part of the answer. */
export const ScenarioRequest = v.object({
  api: v.picklist(apis),
  url: v.string(),
  method: v.optional(v.string()),
  headers: v.optional(HeaderList, []),
  body: v.optional(Body),
  mode: v.optional(v.string()),
  credentials: v.optional(v.string()),
  redirect: v.optional(v.string()),
  /** `api: "xhr"` only: a listener is registered on `xhr.upload`. */
  uploadListener: v.optional(v.boolean()),
  /** An element's attribute, where it has one. */
  crossorigin: v.optional(v.string()),
})

/** One of several, sent when the one before has ended. */
export const LaterRequest = v.object({
  ...ScenarioRequest.entries,
  /** Milliseconds that the script waits after the one before has ended. */
  after: v.optional(v.pipe(v.number(), v.minValue(0))),
})

/** What the page's visitor got before: `url` was visited by itself and answered with these `Set-Cookie` lines. */
export const Visit = v.object({ url: v.string(), set: v.array(v.string()) })

/** One answer of a server step; `drop` closes the connection without a word. */
const Answer = v.union([
  v.object({ status: v.number(), headers: HeaderList, body: v.optional(v.string()) }),
  v.object({ drop: v.literal(true) }),
])

/** Answers `preflight` to an OPTIONS request that carries `Access-Control-Request-Method`, `response` to everything else at this URL. */
export const ServerStep = v.object({ url: v.string(), preflight: v.optional(Answer), response: v.optional(Answer) })

export const Page = v.object({
  /** The serialized origin the page was loaded from. */
  origin: v.string(),
  /** The script runs in `<iframe sandbox="allow-scripts">`: an opaque origin, sent as `null`. */
  sandboxed: v.optional(v.boolean()),
})

const common = {
  id: v.string(),
  page: Page,
  /** In the order of the visits; absent: the jar is empty. */
  cookies: v.optional(v.array(Visit)),
  server: v.optional(v.array(ServerStep)),
}

const OneOrMore = v.object({ ...common, request: ScenarioRequest, then: v.optional(v.array(LaterRequest)) })

/** As files have it: all requests in one list. */
const Listed = v.pipe(
  v.object({ ...common, requests: v.pipe(v.array(LaterRequest), v.minLength(1)) }),
  v.transform(({ requests, ...rest }): v.InferOutput<typeof OneOrMore> => {
    const [request, ...then] = requests as [LaterRequest, ...LaterRequest[]]
    return { ...rest, request, then }
  }),
)

/**
 * What to try: a page's origin, the request that it makes, and the answers of the servers.
 * `request` is always the first; where there are several, `then` has the later ones. In a file they may stand together as `requests`, which
 * becomes the same here, at the door.
 * Without `server`, whoever drives the steps answers: the mock servers of a workspace, or the network.
 */
export const Scenario = v.lazy((input) => (isListed(input) ? Listed : OneOrMore))

const isListed = (input: unknown): boolean => typeof input === 'object' && input !== null && 'requests' in input

export type Scenario = v.InferOutput<typeof OneOrMore>
export type ScenarioRequest = v.InferOutput<typeof ScenarioRequest>
export type LaterRequest = v.InferOutput<typeof LaterRequest>
export type Visit = v.InferOutput<typeof Visit>
export type Page = v.InferOutput<typeof Page>
export type ServerStep = v.InferOutput<typeof ServerStep>
export type Answer = v.InferOutput<typeof Answer>
