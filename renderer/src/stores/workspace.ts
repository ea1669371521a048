import { useEventListener, useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, toRaw, watch } from 'vue'
import { catalogue } from '#shared/learn/catalogue'
import { newMockServer, type MockServer } from '#shared/policy/mock-server'
import { exampleWorkspace } from '#shared/scenario/example-workspace'
import { openPreset } from '#shared/scenario/open-preset'
import type { Preset } from '#shared/scenario/presets'
import type { Scenario } from '#shared/scenario/scenario'
import type { Sweep } from '#shared/scenario/sweep'
import type { SavedRequest, Workspace } from '#shared/scenario/workspace'
import { host, lab } from '../lab-client/index.ts'
import { mishapSentences } from '#shared/contract/mishap-text'
import { copyOf } from './copy-of.ts'
import { toMishap } from './mishap.ts'

/** What the work area shows. */
export interface Selection {
  /** `start`: the screen that offers the first step. */
  kind: 'request' | 'server' | 'sweep' | 'lesson' | 'start'
  id: string
}

/** Milliseconds without an edit before the workspace is written. */
const saveDelay = 300

/** The servers and requests that the user edits, and what of them is shown. */
export const useWorkspaceStore = defineStore('workspace', () => {
  const workspace = ref<Workspace>({ version: 1, name: 'untitled', servers: [], requests: [], sweeps: [] })
  /** Whether `workspace` came from the host; until then there is nothing to save. */
  const loaded = ref(false)
  /** What is added before the workspace has been read would be gone with it. */
  const ready = computed(() => loaded.value || host === 'none')
  /** What was asked for before. */
  const waiting: (() => unknown)[] = []
  const saving = ref<'saved' | 'waiting' | 'saving' | 'failed'>('saved')
  /** Why the last attempt to save failed. */
  const failure = ref<string | null>(null)
  /** What of the workspace's file could not be read, and where it was kept. */
  const trouble = ref<string | null>(null)
  /** Another window shows something else; its choice is not this one's. */
  const selection = useLocalStorage<Selection>('cors-lab.selection', { kind: 'start', id: '' }, { listenToStorageChanges: false })
  /** How often the workspace was edited since it was read. */
  const edits = ref(0)

  const request = computed(() =>
    selection.value.kind === 'request' ? workspace.value.requests.find(({ id }) => id === selection.value.id) : undefined,
  )
  const server = computed(() =>
    selection.value.kind === 'server' ? workspace.value.servers.find(({ id }) => id === selection.value.id) : undefined,
  )

  const sweep = computed(() =>
    selection.value.kind === 'sweep' ? workspace.value.sweeps.find(({ id }) => id === selection.value.id) : undefined,
  )

  const lesson = computed(() => (selection.value.kind === 'lesson' ? catalogue.find(({ id }) => id === selection.value.id) : undefined))

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(workspace, edited, { deep: true, flush: 'sync' })

  lab.onConnection((connected) => {
    if (!connected) return
    if (!loaded.value) void load()
    else if (saving.value !== 'saved') void save()
  })
  // The page may be gone before the delay is over.
  useEventListener(window, 'pagehide', saveNow)
  useEventListener(window, 'blur', saveNow)
  useEventListener(document, 'visibilitychange', saveNow)

  return {
    workspace,
    loaded,
    ready,
    onceReady,
    saving,
    failure,
    trouble,
    selection,
    edits,
    request,
    server,
    sweep,
    lesson,
    select,
    keepSelection,
    load,
    save,
    saveNow,
    addServer,
    keepServer,
    addRequest,
    addRequestOf,
    addPreset,
    openExample,
    addSweep,
    duplicateServer,
    duplicateRequest,
    duplicateSweep,
    deleteServer,
    deleteRequest,
    deleteSweep,
    nextPort,
  }

  async function load() {
    try {
      const opened = await lab.call('workspace.read', {})
      workspace.value = opened.workspace
      trouble.value = opened.trouble
      failure.value = null
      loaded.value = true
      saving.value = 'saved'
      keepSelection()
      for (const task of waiting.splice(0)) task()
    } catch (error) {
      failure.value = sentences(error)
    }
  }

  /** At once, or in its turn when the workspace has been read. */
  function onceReady(task: () => unknown) {
    if (ready.value) task()
    else waiting.push(task)
  }

  function edited() {
    if (!loaded.value) return
    edits.value += 1
    saving.value = 'waiting'
    clearTimeout(timer)
    timer = setTimeout(() => void save(), saveDelay)
  }

  function saveNow() {
    if (saving.value === 'waiting') void save()
  }

  async function save() {
    clearTimeout(timer)
    saving.value = 'saving'
    try {
      await lab.call('workspace.save', toRaw(workspace.value))
      failure.value = null
      // An edit during the call has set its own delay going.
      if (isSaving()) saving.value = 'saved'
    } catch (error) {
      failure.value = sentences(error)
      if (isSaving()) saving.value = 'failed'
    }
  }

  // A function of its own, for the compiler believes that an await changes nothing.
  function isSaving() {
    return saving.value === 'saving'
  }

  function select(kind: Selection['kind'], id: string) {
    selection.value = { kind, id }
  }

  /** What is selected may be gone: then something else is. */
  function keepSelection() {
    const { kind } = selection.value
    if (kind === 'start' || kind === 'lesson' || request.value || server.value || sweep.value) return
    const [firstRequest] = workspace.value.requests
    const [firstServer] = workspace.value.servers
    if (firstRequest) select('request', firstRequest.id)
    else if (firstServer) select('server', firstServer.id)
    else select('start', '')
  }

  function addServer(): MockServer {
    const name = freeName('API', workspace.value.servers)
    return keepServer(copyOf(newMockServer({ id: newId(), name, port: nextPort() })))
  }

  function addRequest(): SavedRequest {
    const { servers, requests } = workspace.value
    const port = servers[0]?.port
    return keepRequest({
      id: newId(),
      name: freeName('Request', requests),
      page: copyOf(request.value?.page ?? requests.at(-1)?.page ?? { origin: 'http://localhost:5173' }),
      request: { api: 'fetch', url: port ? `http://localhost:${port}/` : '', method: 'GET', headers: [], disabledHeaders: [] },
    })
  }

  /** @param scenario becomes a request of its own; what its servers answered does not come along. */
  function addRequestOf({ page, cookies, request: scripted, then }: Scenario, name: string): SavedRequest {
    return keepRequest(
      copyOf({
        id: newId(),
        name: freeName(name, workspace.value.requests),
        page,
        ...(cookies === undefined ? {} : { cookies }),
        request: { ...scripted, disabledHeaders: [] },
        ...(then === undefined ? {} : { then: then.map((each) => ({ ...each, disabledHeaders: [] })) }),
      }),
    )
  }

  /** A server and a request that fail in one place; its request is shown. */
  function addPreset(preset: Preset, port = nextPort()): { server: MockServer; request: SavedRequest } {
    const { server, request: asks } = copyOf(openPreset(preset, { server: newId(), request: newId() }, port))
    server.name = freeName(server.name, workspace.value.servers)
    asks.name = freeName(asks.name, workspace.value.requests)
    return { server: keepServer(server), request: keepRequest(asks) }
  }

  /** Shows the example; what of it is not there any more comes back. */
  function openExample() {
    const { servers, requests, sweeps } = copyOf(exampleWorkspace)
    const missing = <Item extends { id: string }>(wanted: Item[], there: readonly Item[]) =>
      wanted.filter(({ id }) => !there.some((each) => each.id === id))
    workspace.value.servers.push(...missing(servers, workspace.value.servers))
    workspace.value.requests.push(...missing(requests, workspace.value.requests))
    workspace.value.sweeps.push(...missing(sweeps, workspace.value.sweeps))
    const [first] = requests
    if (first) select('request', first.id)
  }

  /** One over the server that is shown, or the first, with nothing to ask yet but `GET`. */
  function addSweep(): Sweep {
    const added: Sweep = {
      id: newId(),
      name: freeName('Who may do what', workspace.value.sweeps),
      server: server.value?.id ?? workspace.value.servers[0]?.id ?? '',
      path: '/',
      origins: [],
      methods: ['GET'],
      headerSets: [[]],
      credentials: ['same-origin'],
    }
    workspace.value.sweeps.push(added)
    select('sweep', added.id)
    return added
  }

  function duplicateServer(original: MockServer) {
    keepServer({ ...copyOf(original), id: newId(), name: freeName(original.name, workspace.value.servers), port: nextPort() })
  }

  function duplicateRequest(original: SavedRequest) {
    keepRequest({ ...copyOf(original), id: newId(), name: freeName(original.name, workspace.value.requests) })
  }

  function duplicateSweep(original: Sweep) {
    workspace.value.sweeps.push({ ...copyOf(original), id: newId(), name: freeName(original.name, workspace.value.sweeps) })
    select('sweep', workspace.value.sweeps.at(-1)?.id ?? '')
  }

  function keepServer(added: MockServer): MockServer {
    workspace.value.servers.push(added)
    select('server', added.id)
    // The one in the workspace, whose changes are seen.
    return workspace.value.servers.at(-1) ?? added
  }

  function keepRequest(added: SavedRequest): SavedRequest {
    workspace.value.requests.push(added)
    select('request', added.id)
    return workspace.value.requests.at(-1) ?? added
  }

  /** Returns what puts it back where it was. */
  function deleteServer(id: string): () => void {
    const { servers } = workspace.value
    const at = servers.findIndex((each) => each.id === id)
    const [deleted] = at < 0 ? [] : servers.splice(at, 1)
    keepSelection()
    return () => {
      if (!deleted || workspace.value.servers.some((each) => each.id === id)) return
      workspace.value.servers.splice(at, 0, deleted)
      select('server', id)
    }
  }

  /** Returns what puts it back where it was. */
  function deleteRequest(id: string): () => void {
    const { requests } = workspace.value
    const at = requests.findIndex((each) => each.id === id)
    const [deleted] = at < 0 ? [] : requests.splice(at, 1)
    keepSelection()
    return () => {
      if (!deleted || workspace.value.requests.some((each) => each.id === id)) return
      workspace.value.requests.splice(at, 0, deleted)
      select('request', id)
    }
  }

  /** Returns what puts it back where it was. */
  function deleteSweep(id: string): () => void {
    const { sweeps } = workspace.value
    const at = sweeps.findIndex((each) => each.id === id)
    const [deleted] = at < 0 ? [] : sweeps.splice(at, 1)
    keepSelection()
    return () => {
      if (!deleted || workspace.value.sweeps.some((each) => each.id === id)) return
      workspace.value.sweeps.splice(at, 0, deleted)
      select('sweep', id)
    }
  }

  /** The first port from 4001 on that no server of this workspace has. */
  function nextPort(): number {
    const taken = new Set(workspace.value.servers.map(({ port }) => port))
    let port = 4001
    while (taken.has(port)) port += 1
    return port
  }
})

const sentences = (error: unknown): string => mishapSentences(toMishap(error))

const newId = () => crypto.randomUUID()

/** `Orders`, `Orders 2`, `Orders 3` … */
function freeName(wanted: string, among: readonly { name: string }[]): string {
  const taken = new Set(among.map(({ name }) => name))
  const stem = wanted.replace(/ \d+$/, '')
  let name = stem
  for (let n = 2; taken.has(name); n += 1) name = `${stem} ${n}`
  return name
}
