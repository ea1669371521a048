import * as v from 'valibot'

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
})
export type Policy = v.InferOutput<typeof Policy>

export const newPolicy: Policy = {
  origins: ['http://localhost:5173'],
  credentials: false,
  methods: ['PUT', 'PATCH', 'DELETE'],
  requestHeaders: ['content-type'],
  exposedHeaders: [],
  maxAge: 600,
  vary: { origin: true, preflight: false },
  preflightStatus: 204,
}
