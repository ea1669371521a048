import * as v from 'valibot'
import { HeaderList } from '#shared/scenario/scenario'
import { Policy } from './policy.ts'

/** What a mock server says besides its CORS headers. */
export const MockResponse = v.union([
  /** The request as JSON, status 200. */
  v.object({ kind: v.literal('echo') }),
  v.object({ kind: v.literal('fixed'), status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)), headers: HeaderList, body: v.string() }),
])
export type MockResponse = v.InferOutput<typeof MockResponse>

/** A local server as the user defines it; whether it runs is a `MockServerState`. */
export const MockServer = v.object({
  id: v.string(),
  name: v.string(),
  /** 1 to 65535, or 0 for any free port. Any number is accepted here; starting the server says what is wrong with it. */
  port: v.number(),
  policy: Policy,
  response: MockResponse,
})
export type MockServer = v.InferOutput<typeof MockServer>
