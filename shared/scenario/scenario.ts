import * as v from 'valibot'

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

/** What the page's script asks for, as the script writes it: nothing is normalised, for what the API does with it is part of the answer. */
export const ScenarioRequest = v.object({
  api: v.picklist(['fetch', 'xhr']),
  url: v.string(),
  method: v.optional(v.string()),
  headers: v.optional(HeaderList, []),
  body: v.optional(Body),
  mode: v.optional(v.string()),
  credentials: v.optional(v.string()),
  redirect: v.optional(v.string()),
  /** `api: "xhr"` only: a listener is registered on `xhr.upload`. */
  uploadListener: v.optional(v.boolean()),
})

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

/**
 * What to try: a page's origin, the request its script makes, and the answers of the servers.
 * Without `server`, whoever drives the steps answers: the mock servers of a workspace, or the network.
 */
export const Scenario = v.object({
  id: v.string(),
  page: Page,
  request: ScenarioRequest,
  server: v.optional(v.array(ServerStep)),
})

export type Scenario = v.InferOutput<typeof Scenario>
export type ScenarioRequest = v.InferOutput<typeof ScenarioRequest>
export type Page = v.InferOutput<typeof Page>
export type ServerStep = v.InferOutput<typeof ServerStep>
export type Answer = v.InferOutput<typeof Answer>
