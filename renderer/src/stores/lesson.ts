import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { ServerExchange } from '#shared/contract/wire'
import { answersOfMockServers } from '#shared/lab/answers-of-mock-servers'
import type { LessonEntry } from '#shared/learn/catalogue'
import { factsOf, type Fact } from '#shared/learn/facts'
import { requestsOf, type Lesson, type LessonRequest } from '#shared/learn/lesson'
import { lessonServerPrefix, lessonServers, placed, serverId, usualPlaces, type PagesIn, type Places } from '#shared/learn/places'
import { newlyDone } from '#shared/learn/progress'
import type { MockServer } from '#shared/policy/mock-server'
import type { Scenario } from '#shared/scenario/scenario'
import { lab } from '../lab-client/index.ts'
import { copyOf } from './copy-of.ts'
import { useLessonPagesStore } from './lesson-pages.ts'
import { useLessonRuns } from './lesson-runs.ts'
import { useMockServersStore } from './mock-servers.ts'
import { usePreferencesStore } from './preferences.ts'
import { useProgressStore } from './progress.ts'
import { useWorkspaceStore } from './workspace.ts'

/** Facts of one lesson that are kept; the oldest go first. */
const factLimit = 2000

/** The lesson that is open: its servers, what was seen of them, and what that ticks. */
export const useLessonStore = defineStore('lesson', () => {
  const workspace = useWorkspaceStore()
  const mockServers = useMockServersStore()
  const preferences = usePreferencesStore()
  const progress = useProgressStore()
  const pages = useLessonPagesStore()

  /** Those that were opened: none is part of the first load. */
  const loaded = shallowReactive(new Map<string, Lesson>())
  const lesson = computed(() => (workspace.lesson ? loaded.get(workspace.lesson.id) : undefined))
  /** The lesson that is open did not come: its host is gone. */
  const missing = ref(false)
  /** The step that is shown, by lesson. */
  const steps = ref<Record<string, number>>({})
  const places = ref<Places>({ ports: {}, pagesIn: pages.pagesIn })
  /** The lesson's servers as the learner has set them, by role. */
  const servers = ref<Record<string, MockServer>>({})
  const seen = shallowRef<readonly Fact[]>([])
  const {
    runs,
    start,
    forget: forgetRun,
    clear,
  } = useLessonRuns((scenario, { result }) => {
    if (!result) return
    const { outcome, status, exchanges } = result.prediction
    const preflights = exchanges.filter(({ kind }) => kind === 'preflight').length
    see({ fact: 'run', id: scenario.id, outcome, status: status ?? null, preflights })
  })

  /** As the lesson's servers would answer now. */
  const answers = computed(() =>
    answersOfMockServers(
      Object.entries(servers.value).map(([role, server]) => ({ server, port: places.value.ports[role] ?? server.port })),
    ),
  )

  /** Every server of the lesson runs. */
  const ready = computed(() => Object.values(servers.value).every(({ id }) => mockServers.states[id] !== undefined))

  lab.on('mock-server.exchange', (exchange) => {
    const role = roleOf(exchange.serverId)
    if (role !== null) see(...factsOf(role, exchange, textOf(exchange)))
  })
  watch(() => workspace.lesson, load, { immediate: true })
  watch(lesson, (now, before) => void turn(now, before), { immediate: true })
  watch(
    () => pages.pagesIn,
    (pagesIn) => void runPagesIn(pagesIn),
  )
  // At once: the page whose button is pressed next is to be answered by it.
  watch(servers, updateServers, { deep: true })
  watch([seen, servers], judge, { deep: true })

  return {
    lesson,
    missing,
    steps,
    places,
    servers,
    seen,
    runs,
    answers,
    ready,
    inPlace,
    see,
    scenarioOf,
    send,
    forgetRun,
    move,
    reset,
    openInLab,
  }

  async function load(entry: LessonEntry | undefined) {
    missing.value = false
    if (!entry || loaded.has(entry.id)) return
    try {
      loaded.set(entry.id, await entry.load())
    } catch {
      missing.value = workspace.lesson === entry
    }
  }

  /** A part of the lesson with its ports and origins as they are now. */
  function inPlace<T>(value: T): T {
    return lesson.value ? placed(value, lesson.value, places.value) : value
  }

  function see(...facts: Fact[]) {
    seen.value = [...seen.value, ...facts].slice(-factLimit)
  }

  function judge() {
    if (!lesson.value) return
    const before = progress.progress.lessons[lesson.value.id] ?? {}
    const done = newlyDone(lesson.value, { seen: seen.value, servers: servers.value }, before)
    if (done.length > 0)
      progress.tick(
        lesson.value.id,
        done.map(({ id }) => id),
        Date.now(),
      )
  }

  /** From one lesson to another, or to none: ports are free again for whoever wants them. */
  async function turn(now: Lesson | undefined, before: Lesson | undefined) {
    if (now === before) return
    seen.value = []
    clear()
    servers.value = {}
    if (now) {
      places.value = usualPlaces(now, pages.pagesIn)
      servers.value = lessonServers(now, places.value)
    }
    await stopOthers(now)
    if (lesson.value === now) await startServers()
  }

  /** Those of other lessons, and those that a window that is gone has left. */
  async function stopOthers(but: Lesson | undefined) {
    const running = await lab.call('mock-server.list', {}).catch(() => [])
    const own = but ? serverId(but, '') : null
    for (const { id } of running) if (id.startsWith(lessonServerPrefix) && (own === null || !id.startsWith(own))) await mockServers.stop(id)
  }

  async function startServers() {
    const those = servers.value
    for (const server of Object.values(those)) {
      // Others take their place: these must not get into their way, at ports that were given up.
      if (servers.value !== those) return
      await lab.call('mock-server.clear-log', { id: server.id }).catch(() => undefined)
      await mockServers.start(server)
      void mockServers.readLog(server.id)
    }
  }

  /** Other ports for servers, by role; every text of the lesson follows. */
  async function move(ports: Places['ports']) {
    places.value = { ...places.value, ports: { ...places.value.ports, ...ports } }
    await replaceServers()
  }

  /** Another place for the pages, whose origins are others there. */
  async function runPagesIn(pagesIn: PagesIn) {
    places.value = { ...places.value, pagesIn }
    await replaceServers()
  }

  /** As the lesson has them: what the learner changed names origins that are no more. */
  async function replaceServers() {
    if (!lesson.value) return
    servers.value = lessonServers(lesson.value, places.value)
    await startServers()
  }

  async function updateServers() {
    for (const server of Object.values(servers.value)) await lab.call('mock-server.update', server).catch(() => undefined)
  }

  async function reset() {
    if (!lesson.value) return
    progress.forget(lesson.value.id)
    seen.value = []
    clear()
    steps.value[lesson.value.id] = 0
    for (const { id } of Object.values(servers.value)) if (mockServers.states[id]) await mockServers.stop(id)
    await replaceServers()
    // What was in flight meanwhile belongs to the time before.
    seen.value = []
  }

  function scenarioOf(request: LessonRequest): Scenario {
    const { id, page, request: asked, then, cookies } = inPlace(request)
    return { id, page, request: asked, ...(then === undefined ? {} : { then }), ...(cookies === undefined ? {} : { cookies }) }
  }

  /** By the lab itself: no browser has a say in it. */
  function send(request: LessonRequest) {
    void start(scenarioOf(request), preferences.shown)
  }

  /** The lesson's servers and requests as the user's own; then the lesson is left. */
  async function openInLab() {
    const opened = lesson.value
    if (!opened) return
    // Before another takes its place on the screen: they are as this one has them.
    const requests = requestsOf(opened).map((request) => ({ name: request.name, scenario: scenarioOf(request) }))
    const copies = Object.values(servers.value).map((server) => workspace.keepServer({ ...copyOf(server), id: crypto.randomUUID() }))
    const [first] = requests.map(({ name, scenario }) => workspace.addRequestOf(scenario, name))
    if (first) workspace.select('request', first.id)
    await stopOthers(undefined)
    for (const copy of copies) await mockServers.start(copy)
  }

  function roleOf(id: string): string | null {
    const prefix = lesson.value ? serverId(lesson.value, '') : null
    return prefix !== null && id.startsWith(prefix) ? id.slice(prefix.length) : null
  }
})

const textOf = ({ request, response }: ServerExchange) => ({
  request: atob(request.bytes),
  response: response === null ? '' : atob(response.bytes),
})
