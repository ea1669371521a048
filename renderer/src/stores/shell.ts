import { useMediaQuery } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { usePreferencesStore } from './preferences.ts'
import { useWorkspaceStore, type Selection } from './workspace.ts'

export type ComposerTab = 'headers' | 'body' | 'cookies' | 'options' | 'code'
export type EvidenceTab = (typeof evidenceTabs)[number]['value']

/** The tabs beside the exchange, in their order, which is also that of Alt 1, Alt 2 … */
export const evidenceTabs = [
  { value: 'why', text: 'Why' },
  { value: 'raw', text: 'Raw' },
  { value: 'console', text: 'Console' },
  { value: 'sees', text: 'Script sees' },
  { value: 'fix', text: 'Fix' },
  { value: 'log', text: 'Server log' },
  { value: 'cache', text: 'Preflight cache' },
] as const

/** What of the window's frame is open at the moment. */
export const useShellStore = defineStore('shell', () => {
  const preferences = usePreferencesStore()
  const narrow = useMediaQuery('(max-width: 1180px)')
  const low = useMediaQuery('(max-height: 760px)')
  /** A narrow window has the rail; there the full side bar lies over the work area until something is chosen. */
  const rail = computed(() => narrow.value || preferences.sideBarHidden)
  const sideBarOver = ref(false)
  const originOpen = ref(false)
  const shortcutsOpen = ref(false)
  const paletteOpen = ref(false)
  const settingsOpen = ref(false)
  const composerTab = ref<ComposerTab>('headers')
  /** Which of the requests that the page makes one after another is edited and explained, counted from 0. */
  const requestAt = ref(0)
  const evidenceTab = ref<EvidenceTab>('why')
  /** The header that the palette wants a value for; the table of headers goes there. */
  const headerAsked = ref<{ name: string } | null>(null)
  /** The server or request whose name is being edited in the side bar. */
  const renaming = ref<string | null>(null)
  /** What the delete dialog asks about. */
  const deleting = ref<Selection | null>(null)

  /** How often the next finding was asked for; who shows findings goes there. */
  const findingsAsked = ref(0)
  /** How often the fixes were asked for. */
  const fixesAsked = ref(0)

  const workspace = useWorkspaceStore()
  watch(
    () => workspace.selection,
    () => {
      sideBarOver.value = false
      requestAt.value = 0
    },
  )

  return {
    narrow,
    low,
    rail,
    sideBarOver,
    originOpen,
    shortcutsOpen,
    paletteOpen,
    settingsOpen,
    composerTab,
    requestAt,
    evidenceTab,
    headerAsked,
    renaming,
    deleting,
    findingsAsked,
    fixesAsked,
    toggleSideBar,
    rename,
    askForHeader,
  }

  function askForHeader(name: string) {
    composerTab.value = 'headers'
    headerAsked.value = { name }
  }

  function toggleSideBar() {
    if (narrow.value) sideBarOver.value = !sideBarOver.value
    else preferences.sideBarHidden = !preferences.sideBarHidden
  }

  function rename(id: string) {
    renaming.value = id
    if (narrow.value) sideBarOver.value = true
    else preferences.sideBarHidden = false
  }
})
