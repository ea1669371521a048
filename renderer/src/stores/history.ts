import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Workspace } from '#shared/scenario/workspace'
import { useWorkspaceStore, type Selection } from './workspace.ts'

/** Milliseconds without an edit before what comes next is a step of its own: a word typed is taken back at once, not letter by letter. */
const burst = 600

/** Steps kept, and characters that they may take: the oldest go first. */
const limits = { steps: 200, characters: 32 * 1024 * 1024 }

/** What the workspace was before each edit, and what it was before each edit was taken back. */
export const useHistoryStore = defineStore('history', () => {
  const workspace = useWorkspaceStore()
  /** Workspaces as JSON, the latest last. */
  const past = shallowRef<readonly string[]>([])
  const future = shallowRef<readonly string[]>([])
  /** An edit is under way that is no step yet. */
  const open = shallowRef(false)
  const canUndo = computed(() => past.value.length > 0 || open.value)
  const canRedo = computed(() => future.value.length > 0 && !open.value)

  /** The workspace as it was when the last step ended. */
  let settled = JSON.stringify(workspace.workspace)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Where something was typed last, and how often the workspace had been edited before. */
  let typed: { in: EventTarget | null; before: number } | null = null

  watch(
    () => workspace.loaded,
    () => (settled = JSON.stringify(workspace.workspace)),
    { flush: 'sync' },
  )
  watch(
    () => workspace.edits,
    () => {
      open.value = true
      clearTimeout(timer)
      timer = setTimeout(settle, burst)
    },
    { flush: 'sync' },
  )
  // What is done with the next click, or in the next field, is another step.
  useEventListener(window, ['pointerdown', 'focusin'], settle, { capture: true })
  useEventListener(window, 'input', ({ target }) => (typed = { in: target, before: workspace.edits }), { capture: true })

  return { canUndo, canRedo, settle, undo, redo, isUncommitted }

  /** Ends the step that is under way. */
  function settle() {
    clearTimeout(timer)
    if (!open.value) return
    open.value = false
    const now = JSON.stringify(workspace.workspace)
    if (now === settled) return
    past.value = withinLimits([...past.value, settled])
    future.value = []
    settled = now
  }

  function undo(): boolean {
    settle()
    const before = past.value.at(-1)
    if (before === undefined) return false
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, settled]
    show(before)
    return true
  }

  function redo(): boolean {
    settle()
    const after = future.value.at(-1)
    if (after === undefined) return false
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, settled]
    show(after)
    return true
  }

  /** Puts a workspace back, and selects what is another in it: nobody takes back what they do not see. */
  function show(json: string) {
    const next = JSON.parse(json) as Workspace
    const changed = firstChange(JSON.parse(settled) as Workspace, next)
    settled = json
    workspace.workspace = next
    if (changed) workspace.select(changed.kind, changed.id)
    else workspace.keepSelection()
    clearTimeout(timer)
    open.value = false
  }

  /** Whether a field's text has not become part of the workspace: then its own undo is the one that is meant. */
  function isUncommitted(target: EventTarget | null): boolean {
    return typed !== null && typed.in === target && typed.before === workspace.edits
  }
})

function withinLimits(steps: readonly string[]): readonly string[] {
  let characters = 0
  const kept = steps.toReversed().findIndex((step, at) => {
    characters += step.length
    return at >= limits.steps || characters > limits.characters
  })
  return kept < 0 ? steps : steps.slice(steps.length - Math.max(1, kept))
}

/** The first request, server or sweep of `next` that `before` has otherwise or not at all. */
function firstChange(before: Workspace, next: Workspace): Selection | null {
  const known = new Set([...before.requests, ...before.servers, ...before.sweeps].map((item) => JSON.stringify(item)))
  const isNew = (item: object) => !known.has(JSON.stringify(item))
  const request = next.requests.find(isNew)
  if (request) return { kind: 'request', id: request.id }
  const server = next.servers.find(isNew)
  if (server) return { kind: 'server', id: server.id }
  const sweep = next.sweeps.find(isNew)
  return sweep ? { kind: 'sweep', id: sweep.id } : null
}
