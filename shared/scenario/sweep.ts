import * as v from 'valibot'
import { HeaderList } from './scenario.ts'

const credentials = v.picklist(['omit', 'same-origin', 'include'])

/** Who may do what at one server: every origin with every method, header set and credentials mode. */
export const Sweep = v.object({
  id: v.string(),
  name: v.string(),
  /** The mock server that is asked, by its id. */
  server: v.string(),
  /** What is asked for at the server, as `/orders?page=2`. */
  path: v.string(),
  /** Pages' origins; `null` for a page in a sandboxed frame. */
  origins: v.array(v.string()),
  methods: v.array(v.string()),
  /** What the page's script adds; an empty list adds nothing. */
  headerSets: v.array(HeaderList),
  credentials: v.array(credentials),
})
export type Sweep = v.InferOutput<typeof Sweep>
export type SweepCredentials = v.InferOutput<typeof credentials>
