import { defineStore } from 'pinia'
import { ref, toRaw } from 'vue'
import { mishapText } from '#shared/contract/mishap-text'
import { noProgress, type Progress } from '#shared/learn/progress'
import { lab } from '../lab-client/index.ts'
import { copyOf } from './copy-of.ts'
import { toMishap } from './mishap.ts'
import { useToastsStore } from './toasts.ts'

/** Which checks of which lessons are ticked; kept in the lab's data folder. */
export const useProgressStore = defineStore('progress', () => {
  const toasts = useToastsStore()
  const progress = ref<Progress>(copyOf(noProgress))
  let loaded = false

  lab.onConnection((connected) => {
    if (connected && !loaded) void load()
  })

  return { progress, tick, forget }

  async function load() {
    const kept = await lab.call('learn.read-progress', {}).catch(() => null)
    if (kept === null) return
    loaded = true
    // What was ticked meanwhile stays.
    for (const [lesson, ticked] of Object.entries(kept.lessons))
      progress.value.lessons[lesson] = { ...ticked, ...progress.value.lessons[lesson] }
  }

  /** @param at milliseconds since 1970 */
  function tick(lesson: string, checks: readonly string[], at: number) {
    const ticked = (progress.value.lessons[lesson] ??= {})
    for (const check of checks) ticked[check] ??= at
    void save()
  }

  function forget(lesson: string) {
    progress.value.lessons[lesson] = {}
    void save()
  }

  async function save() {
    try {
      await lab.call('learn.save-progress', toRaw(progress.value))
    } catch (error) {
      const { what, because } = mishapText(toMishap(error))
      toasts.trouble(`Progress was not saved. ${what} ${because}`)
    }
  }
})
