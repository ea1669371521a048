import * as v from 'valibot'
import { HeaderList } from '#shared/scenario/scenario'
import { defaultFaultOptions, FaultOptions, Faults } from './fault-names.ts'
import { newPolicy, Policy } from './policy.ts'

const Status = v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))

/** What a mock server says besides its CORS headers. Header lines go out in their order and letter case, doubles too. */
export const MockResponse = v.variant('kind', [
  /** The request as JSON, status 200. */
  v.object({ kind: v.literal('echo') }),
  v.object({ kind: v.literal('fixed'), status: Status, headers: HeaderList, body: v.string() }),
  /** As `fixed`, with `Content-Type: application/json` where the headers have none. The text goes out as it is written, JSON or not. */
  v.object({ kind: v.literal('json'), status: Status, headers: HeaderList, body: v.string() }),
  /** The bytes of a file. A file that is not there, or lies outside of the workspace's folder, is a 404. */
  v.object({
    kind: v.literal('file'),
    status: Status,
    headers: HeaderList,
    /** From the workspace's folder, with slashes. */
    file: v.string(),
  }),
  /** An empty body and a `Location`; whether the status is one that redirects is left to the user. */
  v.object({ kind: v.literal('redirect'), status: Status, headers: HeaderList, location: v.string() }),
])
export type MockResponse = v.InferOutput<typeof MockResponse>

/** What a server answers to some of its requests; the first route that matches does. */
export const Route = v.object({
  id: v.string(),
  /** A method, letter by letter; `*` for any. */
  method: v.string(),
  /** `/items/:id` takes one segment of any text, `/files/*` the rest of the path; the query plays no part. */
  path: v.string(),
  response: MockResponse,
  /** Milliseconds before the answer. */
  delay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)), 0),
  /** 401 to a request that carries neither `Cookie` nor `Authorization`. */
  needsCredentials: v.optional(v.boolean(), false),
  /** Values of `Set-Cookie`, one line each. */
  cookies: v.optional(v.array(v.string()), []),
  /** In place of the server's; null for the server's. */
  policy: v.optional(v.nullable(Policy), null),
  /** In place of the server's; null for the server's. */
  faults: v.optional(v.nullable(Faults), null),
})
export type Route = v.InferOutput<typeof Route>

/** A local server as the user defines it; whether it runs is a `MockServerState`. */
export const MockServer = v.object({
  id: v.string(),
  name: v.string(),
  /** What its port speaks. One that is to answer for an `https:` host, too, speaks both. */
  scheme: v.optional(v.picklist(['http', 'https']), 'http'),
  /** 1 to 65535, or 0 for any free port. Any number is accepted here; starting the server says what is wrong with it. */
  port: v.number(),
  /**
   * Origins it answers for besides localhost, as `https://api.example.com`: the lab's runs, predictions and browsers find it there, whatever
   * the port is that it listens on, and nobody else does.
   */
  hosts: v.optional(v.array(v.string()), []),
  /** Whether it listens on all of the machine's addresses, so that every machine that reaches this one may ask it; on loopback alone otherwise. */
  reachableFromNetwork: v.optional(v.boolean(), false),
  policy: Policy,
  /** To a request that no route matches. */
  response: MockResponse,
  routes: v.optional(v.array(Route), []),
  faults: v.optional(Faults, []),
  faultOptions: v.optional(FaultOptions, {}),
})
export type MockServer = v.InferOutput<typeof MockServer>

/** What a server has that nobody has said otherwise of: http on loopback, an echo of every request, and no faults. */
export const newMockServer = (known: Pick<MockServer, 'id' | 'name' | 'port'> & Partial<MockServer>): MockServer => ({
  scheme: 'http',
  hosts: [],
  reachableFromNetwork: false,
  policy: newPolicy,
  response: { kind: 'echo' },
  routes: [],
  faults: [],
  faultOptions: defaultFaultOptions,
  ...known,
})
