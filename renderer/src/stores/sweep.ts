import { watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { cellCount, columnsOf, scenarioOfCell } from '#shared/lab/sweep/cells'
import type { CellVerdicts, SweptServer } from '#shared/lab/sweep/verdicts'
import type { MockServer } from '#shared/policy/mock-server'
import { originsOf } from '#shared/policy/server-at'
import type { Scenario } from '#shared/scenario/scenario'
import type { SweepRows } from '../features/sweep/sweep-job.ts'
import { sweepWorkers } from '../features/sweep/sweep-workers.ts'
import { copyOf } from './copy-of.ts'
import { useMockServersStore } from './mock-servers.ts'
import { paced } from './paced.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Milliseconds without an edit before a sweep is predicted anew. */
const pause = 100

export interface SweepRow {
  readonly cells: readonly CellVerdicts[]
  readonly baseline: readonly CellVerdicts[] | null
}

/** What a sweep is compared with: its server as it was when that was asked for, or another server, by its id. */
export type Baseline = 'none' | 'remembered' | (string & {})

interface Remembered {
  readonly server: MockServer
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The sweep that is shown, and what each of its cells comes to. Predicted in workers, so that typing goes on meanwhile. */
export const useSweepStore = defineStore('sweep', () => {
  const workspace = useWorkspaceStore()
  const mockServers = useMockServersStore()

  const sweep = computed(() => workspace.sweep ?? null)
  const server = computed(() => workspace.workspace.servers.find(({ id }) => id === sweep.value?.server) ?? null)
  /** The server, answering where it listens, or would. */
  const target = computed(() => server.value && swept(server.value))
  /** By sweep: what it was compared with last stays. */
  const baselines = ref<Record<string, Baseline>>({})
  const memories = shallowRef<Readonly<Record<string, Remembered>>>({})
  const baseline = computed<Baseline>({
    get: () => baselines.value[sweep.value?.id ?? ''] ?? 'none',
    set: (chosen) => sweep.value && (baselines.value[sweep.value.id] = chosen),
  })
  const remembered = computed(() => memories.value[sweep.value?.id ?? ''] ?? null)
  const rows = shallowRef<readonly (SweepRow | null)[]>([])
  const done = ref(0)
  const total = computed(() => (sweep.value ? cellCount(sweep.value) : 0))

  const start = sweepWorkers(take)
  let job = 0
  let predicted: (SweepRow | null)[] = []
  const paint = paced(() => {
    rows.value = [...predicted]
    done.value = predicted.reduce((sum, row) => sum + (row?.cells.length ?? 0), 0)
  })

  watchDebounced([sweep, target, baseline, remembered], predict, { debounce: pause, deep: true, immediate: true })

  return { sweep, server, target, baseline, remembered, remember, rows, done, total, scenarioAt }

  /** From now on the sweep is compared with its server as it is at this moment. */
  function remember() {
    if (!sweep.value || !server.value) return
    memories.value = { ...memories.value, [sweep.value.id]: { server: copyOf(server.value), at: Date.now() } }
    baseline.value = 'remembered'
  }

  function predict() {
    job += 1
    const asked = target.value
    predicted = asked && sweep.value ? sweep.value.origins.map(() => null) : []
    paint.now()
    if (!sweep.value || !asked) return
    const compared = comparedServer()
    start(copyOf({ job, sweep: sweep.value, server: asked, baseline: compared && { ...asked, server: compared } }))
  }

  function take(told: SweepRows) {
    if (told.job !== job) return
    for (const { at, cells, baseline: compared } of told.rows) predicted[at] = { cells, baseline: compared }
    if (predicted.includes(null)) paint.soon()
    else paint.now()
  }

  function comparedServer(): MockServer | null {
    if (baseline.value === 'none') return null
    if (baseline.value === 'remembered') return remembered.value?.server ?? null
    return workspace.workspace.servers.find(({ id }) => id === baseline.value) ?? null
  }

  /** A stopped server answers as its policy says, at the port it would listen on. */
  function swept(definition: MockServer): SweptServer {
    const port = mockServers.states[definition.id]?.port ?? definition.port
    return { server: definition, port, origin: originsOf(definition, port)[0] ?? `http://localhost:${port}` }
  }

  function scenarioAt(row: number, column: number): Scenario | null {
    const asked = sweep.value && columnsOf(sweep.value)[column]
    const origin = sweep.value?.origins[row]
    return sweep.value && target.value && asked && origin !== undefined
      ? scenarioOfCell(sweep.value, target.value.origin, origin, asked)
      : null
  }
})
