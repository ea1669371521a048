import * as v from 'valibot'
import { MockServer } from '#shared/policy/mock-server'
import { Sweep } from './sweep.ts'
import { HeaderList, LaterRequest, Page, ScenarioRequest, Visit } from './scenario.ts'

const edited = { disabledHeaders: v.optional(HeaderList, []) }

/** A request as the composer holds it: as a scenario's, with a name and with header lines that are switched off. */
export const SavedRequest = v.object({
  id: v.string(),
  name: v.string(),
  page: Page,
  /** What the jar holds beforehand; absent: nothing. */
  cookies: v.optional(v.array(Visit)),
  request: v.object({ ...ScenarioRequest.entries, ...edited }),
  /** Those that the page makes afterwards, one after another. */
  then: v.optional(v.array(v.object({ ...LaterRequest.entries, ...edited }))),
})
export type SavedRequest = v.InferOutput<typeof SavedRequest>

/** Everything the user edits, in one plain JSON file with a version. */
export const Workspace = v.object({
  version: v.literal(1),
  name: v.string(),
  servers: v.array(MockServer),
  requests: v.array(SavedRequest),
  sweeps: v.optional(v.array(Sweep), []),
})
export type Workspace = v.InferOutput<typeof Workspace>
