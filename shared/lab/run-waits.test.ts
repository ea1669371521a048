import { expect, it } from 'vitest'
import { movedBy, runWaits, waitedFor } from './run-waits.ts'

const request = { api: 'fetch' as const, url: 'http://api.test/', headers: [] }
const scenario = (...waits: (number | undefined)[]) => ({
  request,
  then: waits.map((after) => ({ ...request, ...(after === undefined ? {} : { after }) })),
})

it('a run waits as the script does, and moves the clock where that would take too long', () => {
  const waits = runWaits(scenario(4000, 600_000, undefined, 6000, 1))
  expect(waits.map(({ isMoved }) => isMoved)).toEqual([false, false, true, false, false, true])
  expect(movedBy(waits)).toBe(600_001)
  expect(waitedFor(waits)).toBe(10_000)
})

it('a run of one request waits for nothing', () => expect(runWaits({ request })).toEqual([{ after: 0, isMoved: false }]))
