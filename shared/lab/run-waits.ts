import { requestsOf } from '#shared/scenario/one-request'
import type { Scenario } from '#shared/scenario/scenario'

/** Milliseconds that a run waits in all between the requests of a page. */
const patience = 10_000

/** How a run passes the time before a request. */
export interface RunWait {
  /** Milliseconds that the scenario asks for. */
  readonly after: number
  /** Nobody waits: the clock by which caches and cookies expire is moved on instead. */
  readonly isMoved: boolean
}

/** By request. A run waits as the page’s script does, for as long as that is bearable; a wait that is too long for what is left of it is skipped. */
export function runWaits(scenario: Pick<Scenario, 'request' | 'then'>): RunWait[] {
  let left = patience
  return requestsOf(scenario).map(({ after: asked = 0 }, n) => {
    const after = n === 0 ? 0 : asked
    const isMoved = after > left
    if (!isMoved) left -= after
    return { after, isMoved }
  })
}

/** Milliseconds by which a run moves the clock instead of waiting. */
export const movedBy = (waits: readonly RunWait[]): number => sumOf(waits.filter(({ isMoved }) => isMoved))

/** Milliseconds that a run really waits. */
export const waitedFor = (waits: readonly RunWait[]): number => sumOf(waits.filter(({ isMoved }) => !isMoved))

const sumOf = (waits: readonly RunWait[]): number => waits.reduce((sum, { after }) => sum + after, 0)
