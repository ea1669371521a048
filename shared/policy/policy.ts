import * as v from 'valibot'

/**
 * A header line changed by hand, after the policy has said its own: what the form cannot say, the header text says with these.
 * `on` names the answers it holds for: those to preflights, or all others.
 */
export const HeaderEdit = v.variant('edit', [
  /** One line more. */
  v.object({
    edit: v.literal('extra'),
    on: v.picklist(['preflight', 'response']),
    name: v.string(),
    value: v.string(),
    /** The policy's line that it comes before; after all of them without. */
    before: v.optional(v.string()),
  }),
  /** The policy's line of that name is not sent. */
  v.object({ edit: v.literal('removed'), on: v.picklist(['preflight', 'response']), name: v.string() }),
  /** The policy's line of that name is sent once more. */
  v.object({
    edit: v.literal('doubled'),
    on: v.picklist(['preflight', 'response']),
    name: v.string(),
    before: v.optional(v.string()),
  }),
])
export type HeaderEdit = v.InferOutput<typeof HeaderEdit>

/** What a request gets whose origin the policy does not let in. */
export const refusals = ['no-headers', 'first-origin', '403'] as const

/**
 * How a mock server answers cross-origin requests. Plain JSON; what it says is carried out by `respond`.
 * Nothing is checked here beyond its shape: a broken policy is a legitimate thing to try, and `findings.ts` says what is wrong with it.
 */
export const Policy = v.object({
  /**
   * Who may read. `none`: no CORS header at all. `any`: `*`. `asked`: whatever `Origin` the request carries, `null` included.
   * A list: serialized origins, patterns (`https://*.example.com`, `http://localhost:*`) and `null`, matched byte for byte.
   */
  origins: v.union([v.picklist(['none', 'any', 'asked']), v.array(v.string())]),
  /**
   * What an origin gets that is not in the list. `no-headers`: no CORS header but `Vary`. `first-origin`: the headers of the list's first
   * entry, whoever asks. `403`: that status, without a CORS header but `Vary`, and the handler does not run.
   */
  refusedOrigin: v.optional(v.picklist(refusals), 'no-headers'),
  /** Whether `Access-Control-Allow-Credentials: true` is sent. */
  credentials: v.boolean(),
  /** Methods listed in `Access-Control-Allow-Methods` (`*` is just an entry); `asked`: the one that the preflight asks for. */
  methods: v.union([v.literal('asked'), v.array(v.string())]),
  /** Names listed in `Access-Control-Allow-Headers` (`*` is just an entry); `asked`: those that the preflight asks for. */
  requestHeaders: v.union([v.literal('asked'), v.array(v.string())]),
  /** Names listed in `Access-Control-Expose-Headers` (`*` is just an entry). */
  exposedHeaders: v.array(v.string()),
  /** Seconds in `Access-Control-Max-Age`; null sends none, and browsers then keep a preflight's answer for 5 s. */
  maxAge: v.nullable(v.pipe(v.number(), v.integer())),
  vary: v.object({
    /** `Vary: Origin`, on every answer. */
    origin: v.boolean(),
    /** `Vary: Access-Control-Request-Method, Access-Control-Request-Headers`, on preflight answers. */
    preflight: v.boolean(),
  }),
  preflightStatus: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  /** Lines added, removed and doubled by hand, in this order. */
  headerEdits: v.optional(v.array(HeaderEdit), []),
})
export type Policy = v.InferOutput<typeof Policy>

export const newPolicy: Policy = {
  origins: ['http://localhost:5173'],
  refusedOrigin: 'no-headers',
  credentials: false,
  methods: ['PUT', 'PATCH', 'DELETE'],
  requestHeaders: ['content-type'],
  exposedHeaders: [],
  maxAge: 600,
  vary: { origin: true, preflight: false },
  preflightStatus: 204,
  headerEdits: [],
}
