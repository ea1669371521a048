import * as v from 'valibot'

/** What goes wrong with CORS in the field, each a switch; `faults.ts` says of each what happens and which stack does it. */
export const faultNames = [
  'preflight-needs-auth',
  'options-not-routed',
  'preflight-redirected',
  'errors-lose-cors-headers',
  'allow-origin-twice',
  'allow-origin-list',
  'origin-in-other-case',
  'methods-in-lower-case',
  'credentials-capitalized',
  'origin-with-slash',
  'origin-with-default-port',
  'no-vary-behind-a-cache',
  'slow-preflight',
  'connection-dropped',
  'http-1.0-close',
] as const
export type FaultName = (typeof faultNames)[number]

/** The faults that are on, in any order. */
export const Faults = v.array(v.picklist(faultNames))

/** How the faults that leave a choice go about it. */
export const FaultOptions = v.object({
  /** `options-not-routed`: what the router answers. */
  optionsStatus: v.optional(v.picklist([404, 405]), 405),
  /** `preflight-redirected` */
  redirectStatus: v.optional(v.picklist([301, 302, 303, 307, 308]), 308),
  /** `slow-preflight`: milliseconds. */
  preflightDelay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)), 3000),
  /** `connection-dropped`: which requests get no answer. */
  dropped: v.optional(v.picklist(['preflight', 'request', 'both']), 'both'),
})
export type FaultOptions = v.InferOutput<typeof FaultOptions>

export const defaultFaultOptions: FaultOptions = v.parse(FaultOptions, {})
