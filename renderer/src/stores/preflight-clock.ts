import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { answersOfMockServers, type ServerAtPort } from '#shared/lab/answers-of-mock-servers'
import { requestsOf } from '#shared/scenario/one-request'
import { useRunStore } from './run.ts'
import { useScenarioStore } from './scenario.ts'
import { useWorkspaceStore } from './workspace.ts'

/** From when on the clock of a request counts, and what there was then. */
interface Start {
  readonly by: 'opened' | 'run'
  /** Milliseconds since 1970. */
  readonly date: number
  readonly servers: readonly ServerAtPort[]
}

/** Both in seconds since the first request. */
interface Hands {
  /** null: the moment of the last request. */
  readonly now: number | null
  readonly clearedAt: number | null
}

const atTheEnd: Hands = { now: null, clearedAt: null }

/** The clock by which the CORS-preflight cache is looked at; one for each request of the workspace. */
export const usePreflightClockStore = defineStore('preflight-clock', () => {
  const workspace = useWorkspaceStore()
  const scenarios = useScenarioStore()
  const runs = useRunStore()
  const starts = shallowRef<Record<string, Start>>({})
  const hands = ref<Record<string, Hands>>({})

  const id = computed(() => workspace.request?.id ?? '')
  const start = computed(() => starts.value[id.value] ?? null)
  const lastRequest = computed(() =>
    scenarios.scenario ? requestsOf(scenarios.scenario).reduce((sum, { after = 0 }, n) => (n === 0 ? 0 : sum + after / 1000), 0) : 0,
  )
  const now = computed({
    get: () => hands.value[id.value]?.now ?? lastRequest.value,
    set: (seconds) => move({ now: seconds }),
  })
  const clearedAt = computed({
    get: () => hands.value[id.value]?.clearedAt ?? null,
    set: (seconds) => move({ clearedAt: seconds }),
  })
  /** How the mock servers answered when the clock began to count; null where they are the same. */
  const before = computed(() => {
    const then = start.value?.servers
    return then === undefined || JSON.stringify(then) === JSON.stringify(scenarios.servers) ? null : answersOfMockServers(then)
  })

  watch(
    id,
    (shown) => {
      if (shown !== '' && starts.value[shown] === undefined) begin('opened', Date.now())
    },
    { immediate: true },
  )
  // A run that is shown once more is not another one.
  watch(
    () => runs.current?.result?.startedAt,
    (date) => {
      if (date !== undefined && date !== start.value?.date) begin('run', date)
    },
  )

  return { start, now, clearedAt, before, begin }

  /** Counts from now on, with the servers as they are. */
  function begin(by: Start['by'], date: number) {
    starts.value = { ...starts.value, [id.value]: { by, date, servers: scenarios.servers } }
    hands.value[id.value] = atTheEnd
  }

  function move(to: Partial<Hands>) {
    hands.value[id.value] = { ...(hands.value[id.value] ?? atTheEnd), ...to }
  }
})
