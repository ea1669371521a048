import type { Scenario } from '#shared/scenario/scenario'

/** Milliseconds that the requests of a proof wait for in all, at most: nobody can move a browser's clock, and somebody waits for the browser. */
export const longestProofWait = 60_000

/** Milliseconds that a browser waits between the requests of a page. */
export const proofWait = ({ then = [] }: Pick<Scenario, 'then'>): number => then.reduce((sum, { after = 0 }) => sum + after, 0)
