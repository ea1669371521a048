import { watchDebounced } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'
import type { ServerExchange } from '#shared/contract/wire'
import type { HeardExchange, RefusedTraffic } from '#shared/lab/served/refused-traffic'
import type { MockServer } from '#shared/policy/mock-server'
import { copyOf } from '../../stores/copy-of.ts'
import { useMockServersStore } from '../../stores/mock-servers.ts'
import { servedHeadOf } from './served.ts'

/** Exchanges of a log that are looked at, the newest. */
const recent = 2000

/** Milliseconds without an edit or an exchange before the log is looked at, and how long a busy server may put it off. */
const pause = { debounce: 300, maxWait: 2000 }

/** Whom a server turned away today, and would again. Looked for in the log as it grows, and as the policies are edited. */
export function useRefusedTraffic(server: () => MockServer): ShallowRef<readonly RefusedTraffic[]> {
  const mockServers = useMockServersStore()
  const refused = shallowRef<readonly RefusedTraffic[]>([])
  /** Each exchange is read once, for as long as the server is where it is. */
  let read = new WeakMap<ServerExchange, HeardExchange | null>()
  let whereabouts = ''

  watchDebounced([() => mockServers.logs[server().id], () => JSON.stringify(server())], look, { ...pause, immediate: true })
  return refused

  async function look() {
    const { id, scheme, hosts } = server()
    const now = [scheme, ...hosts].join(' ')
    if (now !== whereabouts) read = new WeakMap()
    whereabouts = now
    const midnight = new Date().setHours(0, 0, 0, 0)
    const log = mockServers.logs[id] ?? []
    const looked = log.slice(-recent)
    const heard = looked.filter(({ startedAt, origin }) => origin !== null && startedAt >= midnight).flatMap(heardOf)
    if (heard.length === 0) {
      refused.value = []
      return
    }
    const loaded = await import('#shared/lab/served/refused-traffic').catch(() => null)
    // The lab's host is gone; the next exchange, which comes from there, asks again.
    if (loaded === null) return
    // A plain copy: the search makes many more, and none may be watched.
    const copy = copyOf(server())
    const hits = mockServers.states[copy.id]?.hits ?? 0
    // What a busy or paused log left out, what was cleared, and what is older than the newest may have been more of the same.
    const isAll = hits <= log.length && (looked.length === log.length || (looked[0]?.startedAt ?? 0) < midnight)
    refused.value = loaded.refusedTraffic(copy, heard, isAll)
  }

  function heardOf(exchange: ServerExchange): HeardExchange[] {
    let known = read.get(exchange)
    if (known === undefined) {
      const served = servedHeadOf(exchange, server())
      known = served && { exchange, served }
      read.set(exchange, known)
    }
    return known === null ? [] : [known]
  }
}
