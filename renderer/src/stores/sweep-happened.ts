import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Events } from '#shared/contract/events'
import { mishapText } from '#shared/contract/mishap-text'
import type { ProfileName } from '#shared/lab/prediction'
import { cellVerdictOf, observedVerdictOf } from '#shared/lab/sweep/verdicts'
import type { Scenario } from '#shared/scenario/scenario'
import type { CellHappened, Happened } from '../features/sweep/cell-view.ts'
import { lab } from '../lab-client/index.ts'
import { useEarlyEvents } from './early-events.ts'
import { toMishap } from './mishap.ts'
import { paced } from './paced.ts'
import { useSweepStore } from './sweep.ts'

/** Cells asked at once: runs go over loopback only; a browser has a few pages open at most. */
const atOnce = { run: 8, proof: 2 }

export interface CellAddress {
  readonly row: number
  readonly column: number
}

/** A browser of this machine, and the engine whose column it proves. */
export interface Prover {
  readonly id: string
  readonly engine: ProfileName
}

/** What really became of the cells of the sweep that is shown: run against the mock server, or proven in browsers. */
export const useSweepHappenedStore = defineStore('sweep-happened', () => {
  const sweeps = useSweepStore()
  /** By row, then by column; the map of a row in which nothing new has happened stays the same one. */
  const cells = shallowRef<ReadonlyMap<number, ReadonlyMap<number, CellHappened>>>(new Map())
  const done = ref(0)
  const total = ref(0)
  const doing = ref<'run' | 'proof' | null>(null)
  const busy = computed(() => doing.value !== null)

  /** Grows with every beginning and every cancelling: what an earlier one still tells is dropped. */
  let round = 0
  let collected = new Map<number, ReadonlyMap<number, CellHappened>>()
  const paint = paced(() => (cells.value = new Map(collected)))
  const stops = new Set<() => void>()

  const runs = endings<Events['run.finished'] | Events['run.failed']>()
  const proofs = endings<Events['proof.finished']>()
  /** By the proof's id: what its browsers have told so far. */
  const observed = new Map<string, CellHappened>()
  let engines: Readonly<Record<string, ProfileName>> = {}

  lab.on('run.finished', (event) => runs.tell(event.runId, event))
  lab.on('run.failed', (event) => runs.tell(event.runId, event))
  lab.on('proof.observed', ({ proofId, browser, observation }) =>
    note(proofId, browser, { by: 'proof', verdict: observedVerdictOf(observation), trouble: null }),
  )
  lab.on('proof.failed', ({ proofId, browser, error }) =>
    note(proofId, browser, { by: 'proof', verdict: null, trouble: error === 'cancelled' ? 'cancelled' : mishapText(error).what }),
  )
  lab.on('proof.finished', (event) => proofs.tell(event.proofId, event))
  lab.onConnection((connected) => {
    if (!connected) cancel()
  })
  // What happened under another policy, or to other cells, is no longer of this sweep.
  watch([() => sweeps.sweep, () => sweeps.server], forget, { deep: true })

  return { cells, done, total, doing, busy, run, prove, cancel, verdictOf }

  function verdictOf(row: number, column: number, profile: ProfileName) {
    return cells.value.get(row)?.get(column)?.[profile]?.verdict ?? null
  }

  /** Runs each cell as each of these engines; the mock server has to be running. */
  async function run(wanted: readonly CellAddress[], profiles: readonly ProfileName[]) {
    const tasks = wanted.flatMap((cell) => profiles.map((profile) => ({ cell, profile })))
    await work('run', tasks, async ({ cell, profile }) => {
      const happened = await runOnce(scenarioOf(cell), profile)
      return [cell, { [profile]: happened }]
    })
  }

  async function prove(wanted: readonly CellAddress[], browsers: readonly Prover[]) {
    engines = Object.fromEntries(browsers.map(({ id, engine }) => [id, engine]))
    await work('proof', wanted, async (cell) => [cell, await proveOnce(scenarioOf(cell), browsers)])
  }

  async function work<Task>(kind: 'run' | 'proof', tasks: readonly Task[], doOne: (task: Task) => Promise<[CellAddress, CellHappened]>) {
    cancel()
    const mine = round
    doing.value = kind
    done.value = 0
    total.value = tasks.length
    const queue = tasks[Symbol.iterator]()
    const lane = async () => {
      for (const task of queue) {
        if (round !== mine) return
        const [cell, happened] = await doOne(task)
        if (round !== mine) return
        keep(cell, happened)
      }
    }
    await Promise.all(Array.from({ length: atOnce[kind] }, lane))
    if (round !== mine) return
    doing.value = null
    paint.now()
  }

  async function runOnce(scenario: Scenario, profile: ProfileName): Promise<Happened> {
    try {
      const { told } = await ended(
        runs,
        async () => (await lab.call('run.start', { scenario, profile })).runId,
        (runId) => lab.call('run.cancel', { runId }),
      )
      if ('result' in told) return { by: 'run', verdict: cellVerdictOf(told.result.prediction), trouble: null }
      return { by: 'run', verdict: null, trouble: told.error === 'cancelled' ? 'cancelled' : mishapText(told.error).what }
    } catch (error) {
      return { by: 'run', verdict: null, trouble: mishapText(toMishap(error)).what }
    }
  }

  async function proveOnce(scenario: Scenario, browsers: readonly Prover[]): Promise<CellHappened> {
    try {
      const asked = { scenario, browsers: browsers.map(({ id }) => id), network: false }
      const { id: proofId } = await ended(
        proofs,
        async () => (await lab.call('proof.start', asked)).proofId,
        (begun) => lab.call('proof.cancel', { proofId: begun }),
      )
      const told = observed.get(proofId) ?? {}
      observed.delete(proofId)
      return told
    } catch (error) {
      const { what } = mishapText(toMishap(error))
      return Object.fromEntries(browsers.map(({ engine }) => [engine, { by: 'proof', verdict: null, trouble: what } satisfies Happened]))
    }
  }

  /** Begins something and waits for its end. */
  async function ended<Told>(those: Endings<Told>, begin: () => Promise<string>, stop: (id: string) => Promise<void>) {
    const { id, end } = await those.begin(begin)
    const giveUp = () => void stop(id).catch(() => undefined)
    stops.add(giveUp)
    try {
      return { id, told: await end }
    } finally {
      stops.delete(giveUp)
    }
  }

  function note(proofId: string, browser: string, told: Happened) {
    const engine = engines[browser]
    if (engine && doing.value === 'proof') observed.set(proofId, { ...observed.get(proofId), [engine]: told })
  }

  function keep({ row, column }: CellAddress, happened: CellHappened) {
    const known = collected.get(row)
    collected.set(row, new Map(known).set(column, { ...known?.get(column), ...happened }))
    done.value += 1
    paint.soon()
  }

  /** What has happened until then stays. */
  function cancel() {
    round += 1
    for (const stop of stops) stop()
    stops.clear()
    observed.clear()
    doing.value = null
    paint.now()
  }

  function forget() {
    collected = new Map<number, ReadonlyMap<number, CellHappened>>()
    cancel()
    done.value = 0
    total.value = 0
  }

  function scenarioOf({ row, column }: CellAddress): Scenario {
    const scenario = sweeps.scenarioAt(row, column)
    if (!scenario) throw new RangeError(`The sweep has no cell ${row}, ${column}.`)
    return scenario
  }
})

interface Endings<Told> {
  tell: (id: string, told: Told) => void
  begin: (call: () => Promise<string>) => Promise<{ id: string; end: Promise<Told> }>
}

/** What ends by an event with the id that the call which began it returned. */
function endings<Told>(): Endings<Told> {
  const waiting = new Map<string, (told: Told) => void>()
  const events = useEarlyEvents((id) => waiting.get(id))
  return {
    tell: (id, told) => events.tell(id, (wake) => wake(told)),
    async begin(call) {
      let wake: (told: Told) => void = () => undefined
      const end = new Promise<Told>((resolve) => (wake = resolve))
      const id = await events.awaiting(async () => {
        const begun = await call()
        waiting.set(begun, wake)
        return begun
      })
      return { id, end: end.finally(() => waiting.delete(id)) }
    },
  }
}
