import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { LabError } from '#shared/contract/errors'
import type { MockServerState } from '#shared/contract/methods'
import type { ServerExchange } from '#shared/contract/wire'
import type { MockServer } from '#shared/policy/mock-server'
import { lab } from '../lab-client/index.ts'
import { toMishap } from './mishap.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Exchanges of one server kept for its log; the oldest go first. */
export const logLimit = 10_000

/** Milliseconds between two changes of logs and counters: four a second, however busy a server is. */
const pace = 250

type Binding = Pick<MockServer, 'scheme' | 'reachableFromNetwork'>

/** Which mock servers run, what went wrong with them, and what they were asked. */
export const useMockServersStore = defineStore('mock-servers', () => {
  const workspace = useWorkspaceStore()
  const states = ref<Record<string, MockServerState>>({})
  /** Why a server could not be started. */
  const mishaps = ref<Record<string, ReturnType<LabError['toJSON']>>>({})
  /** Being started or stopped. */
  const busy = ref<Record<string, 'starting' | 'stopping'>>({})
  /** By server, oldest first. */
  const logs = shallowRef<Record<string, readonly ServerExchange[]>>({})
  const running = computed(() => workspace.workspace.servers.filter(({ id }) => states.value[id]).length)

  /** What a server that runs was started with; a server that this window did not start is taken to run as it is written. */
  const bound = ref<Record<string, Binding>>({})

  /** What each running server was last told to be, as JSON. */
  const told = new Map<string, string>()
  /** Exchanges that are not yet on the screen, and how many of them no state has counted. */
  let arrived: ServerExchange[] = []
  const uncounted = new Map<string, number>()
  let pacing: ReturnType<typeof setTimeout> | undefined

  lab.onConnection((connected) => {
    if (connected) void refresh()
  })
  lab.on('mock-server.state', ({ id, state }) => keepState(id, state))
  lab.on('mock-server.exchange', (exchange) => {
    arrived.push(exchange)
    uncounted.set(exchange.serverId, (uncounted.get(exchange.serverId) ?? 0) + 1)
    pacing ??= setTimeout(keepArrived, pace)
  })
  watch(() => workspace.workspace.servers, useDebounceFn(updateRunning, 100), { deep: true })
  // A server that was deleted, or whose making was undone, must not go on listening.
  watch(
    () => workspace.workspace.servers.map(({ id }) => id),
    (ids, before) => void Promise.all(before.filter((id) => !ids.includes(id)).map(forget)),
  )

  return { states, mishaps, busy, logs, running, start, stop, toggle, readLog, clearLog, pauseLog, boundAs, isBoundOtherwise }

  async function refresh() {
    const now = await lab.call('mock-server.list', {}).catch(() => [])
    uncounted.clear()
    states.value = Object.fromEntries(now.map((state) => [state.id, state]))
    for (const id of Object.keys(logs.value)) void readLog(id)
    void updateRunning()
  }

  function keepState(id: string, state: MockServerState | null) {
    uncounted.delete(id)
    if (state) states.value[id] = state
    else states.value = without(states.value, id)
  }

  async function start(server: MockServer) {
    busy.value[server.id] = 'starting'
    mishaps.value = without(mishaps.value, server.id)
    try {
      keepState(server.id, await lab.call('mock-server.start', server))
      // An earlier start may have failed meanwhile.
      mishaps.value = without(mishaps.value, server.id)
      bound.value[server.id] = { scheme: server.scheme, reachableFromNetwork: server.reachableFromNetwork }
      told.set(server.id, JSON.stringify(server))
    } catch (error) {
      mishaps.value[server.id] = toMishap(error)
    } finally {
      busy.value = without(busy.value, server.id)
    }
  }

  async function stop(id: string) {
    busy.value[id] = 'stopping'
    try {
      await lab.call('mock-server.stop', { id })
      keepState(id, null)
    } catch (error) {
      const mishap = toMishap(error)
      if (mishap.code === 'no-such-server') keepState(id, null)
      else mishaps.value[id] = mishap
    } finally {
      busy.value = without(busy.value, id)
    }
  }

  /** How a server that runs listens; what is written down by now holds from the next start on. */
  function boundAs({ id, scheme, reachableFromNetwork }: MockServer): Binding {
    return bound.value[id] ?? { scheme, reachableFromNetwork }
  }

  function isBoundOtherwise(server: MockServer): boolean {
    const state = states.value[server.id]
    if (state === undefined) return false
    if (server.port !== 0 && server.port !== state.port) return true
    const { scheme, reachableFromNetwork } = boundAs(server)
    return scheme !== server.scheme || reachableFromNetwork !== server.reachableFromNetwork
  }

  async function toggle(server: MockServer) {
    if (busy.value[server.id]) return
    await (states.value[server.id] ? stop(server.id) : start(server))
  }

  async function forget(id: string) {
    mishaps.value = without(mishaps.value, id)
    logs.value = without(logs.value, id)
    if (states.value[id]) await stop(id)
  }

  async function updateRunning() {
    for (const server of workspace.workspace.servers) {
      const json = JSON.stringify(server)
      if (!states.value[server.id] || told.get(server.id) === json) continue
      try {
        await lab.call('mock-server.update', server)
        told.set(server.id, json)
      } catch {
        // Told again after the next edit, or when the host is back.
      }
    }
  }

  async function readLog(id: string) {
    const log = await lab.call('mock-server.log', { id }).catch(() => null)
    // What had arrived before is in it.
    if (log) logs.value = { ...logs.value, [id]: log.slice(-logLimit) }
  }

  async function clearLog(id: string) {
    await lab.call('mock-server.clear-log', { id }).catch(() => undefined)
    logs.value = { ...logs.value, [id]: [] }
  }

  /** What arrives while a log is paused is never in it; the server counts on. */
  async function pauseLog(id: string, paused: boolean) {
    await lab.call('mock-server.pause-log', { id, paused })
    const state = states.value[id]
    if (state) state.logPaused = paused
  }

  function keepArrived() {
    pacing = undefined
    const next = { ...logs.value }
    for (const id of new Set(arrived.map(({ serverId }) => serverId))) {
      const log = next[id] ?? []
      const known = new Set(log.map((exchange) => exchange.id))
      const more = arrived.filter((exchange) => exchange.serverId === id && !known.has(exchange.id))
      next[id] = [...log, ...more].slice(-logLimit)
    }
    arrived = []
    logs.value = next
    for (const [id, hits] of uncounted) {
      const state = states.value[id]
      if (state) state.hits += hits
    }
    uncounted.clear()
  }
})

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([each]) => each !== key))
