import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What was done, and goes by itself; or what is amiss, and stays until somebody has seen to it. */
export interface Toast {
  id: number
  kind: 'done' | 'trouble'
  text: string
  action: { text: string; run: () => void } | null
}

/** Short messages above the page. Verdicts are none: those have a place. */
export const useToastsStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let last = 0

  return { toasts, done, trouble, dismiss }

  /** @param undo takes back what the text says was done. */
  function done(text: string, undo?: () => void) {
    add({ kind: 'done', text, action: undo ? { text: 'Undo', run: undo } : null })
  }

  function trouble(text: string, action: Toast['action'] = null) {
    add({ kind: 'trouble', text, action })
  }

  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  function add(toast: Omit<Toast, 'id'>) {
    last += 1
    toasts.value = [...toasts.value, { ...toast, id: last }]
  }
})
