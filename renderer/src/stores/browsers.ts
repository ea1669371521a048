import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Browser, MissingEngine } from '#shared/contract/browsers'
import { mishapText, type MishapText } from '#shared/contract/mishap-text'
import { lab } from '../lab-client/index.ts'
import { toMishap } from './mishap.ts'

/** The browsers of this machine that a scenario can be proved in. */
export const useBrowsersStore = defineStore('browsers', () => {
  const browsers = ref<readonly Browser[]>([])
  /** Engines that no browser was found of. */
  const missing = ref<readonly MissingEngine[]>([])
  const state = ref<'looking' | 'known' | 'failed'>('looking')
  /** Why a program that was named is none, or why nobody could look. */
  const trouble = ref<MishapText | null>(null)
  /** Ids of browsers that proofs do without. */
  const leftOut = useLocalStorage<string[]>('cors-lab.browsers-left-out', [])
  /** The list of them is open. */
  const open = ref(false)

  const taking = computed(() => browsers.value.filter(({ id }) => !leftOut.value.includes(id)))
  /** Programs of their own before the browser that the lab itself runs in. */
  const ownFirst = computed(() => taking.value.toSorted((a, b) => Number(a.program === null) - Number(b.program === null)))

  lab.onConnection((connected) => {
    if (connected) void look()
  })

  return { browsers, missing, state, trouble, leftOut, open, taking, ownFirst, look, add, leaveOut, takeIn }

  async function look() {
    state.value = 'looking'
    try {
      const list = await lab.call('browser.list', {})
      browsers.value = list.browsers
      missing.value = list.missing
      trouble.value = null
      state.value = 'known'
    } catch (error) {
      trouble.value = mishapText(toMishap(error))
      state.value = 'failed'
    }
  }

  /** @returns whether it is one. */
  async function add(program: string): Promise<boolean> {
    try {
      const { id } = await lab.call('browser.add', { program })
      takeIn(id)
      await look()
      return true
    } catch (error) {
      trouble.value = mishapText(toMishap(error))
      return false
    }
  }

  function leaveOut(id: string) {
    if (!leftOut.value.includes(id)) leftOut.value = [...leftOut.value, id]
  }

  function takeIn(id: string) {
    leftOut.value = leftOut.value.filter((each) => each !== id)
  }
})
