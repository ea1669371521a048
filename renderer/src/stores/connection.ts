import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { HostDescription } from '#shared/contract/methods'
import { host as kind, lab } from '../lab-client/index.ts'

/** Whether the lab's host can be reached, and what it is. */
export const useConnectionStore = defineStore('connection', () => {
  const connected = ref(false)
  /** There was a connection, and it went: what is shown may be old. */
  const lost = ref(false)
  const host = ref<HostDescription | null>(null)

  lab.onConnection((now) => {
    lost.value = connected.value && !now
    connected.value = now
    if (now) void describe()
  })

  return { kind, connected, lost, host }

  async function describe() {
    // A connection that is lost meanwhile is told by onConnection.
    host.value = await lab.call('host.describe', {}).catch(() => host.value)
  }
})
