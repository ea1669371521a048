import { useLocalStorage, usePreferredDark } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, watchEffect } from 'vue'
import { engineOrder } from '#shared/lab/engine-names'
import type { ProfileName } from '#shared/lab/prediction'

export type Theme = 'system' | 'light' | 'dark'

/** What the user likes; kept per window, not in the workspace. */
export const usePreferencesStore = defineStore('preferences', () => {
  const theme = useLocalStorage<Theme>('cors-lab.theme', 'system')
  /** The engine whose way is shown in full. */
  const shown = useLocalStorage<ProfileName>('cors-lab.engine', 'chromium')
  /** Widths and heights of panes in px, by the border's name; a border nobody moved has none. */
  const sizes = useLocalStorage<Record<string, number>>('cors-lab.sizes', {})
  const sideBarHidden = useLocalStorage('cors-lab.side-bar-hidden', false)

  const prefersDark = usePreferredDark()
  const dark = computed(() => theme.value === 'dark' || (theme.value === 'system' && prefersDark.value))
  watchEffect(() => {
    document.documentElement.dataset.theme = dark.value ? 'dark' : 'light'
  })

  return { theme, shown, sizes, sideBarHidden, dark, showNext }

  /** @param by 1 for the next engine, -1 for the one before. */
  function showNext(by: 1 | -1) {
    const at = engineOrder.indexOf(shown.value)
    shown.value = engineOrder[(at + by + engineOrder.length) % engineOrder.length] ?? 'chromium'
  }
})
