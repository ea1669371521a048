import type { World } from './world.ts'

/** How far an edit opens a server, in the order in which fixes are offered: what mends the server comes before what the page goes without. */
export const dangers = ['none', 'more', 'origin', 'request', 'any-site', 'any-site-with-credentials'] as const
/**
 * `none`: nobody new may read or send anything. `more`: the origins that are let in may do more. `origin`: one more origin may read. `request`: the
 * page asks for something else. `any-site`: any page may. `any-site-with-credentials`: any page may, as the visitor.
 */
export type Danger = (typeof dangers)[number]

/** One small change that may be a step towards a verdict. */
export interface Edit {
  /** The policy's or request's part that it changes: two edits of one part are alternatives. */
  readonly part: string
  /** Verb and object, as a button would say: "Allow the request header `x-api-key`". */
  readonly label: string
  readonly danger: Danger
  /** What it costs, in a sentence or two. */
  readonly cost: string
  readonly world: World
}

export const dangerOf = (edits: readonly { readonly danger: Danger }[]): Danger =>
  dangers[Math.max(0, ...edits.map(({ danger }) => dangers.indexOf(danger)))] ?? 'none'
